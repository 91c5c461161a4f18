"Training tips for fastai and PyTorch, each one measured. Names load when they are first used: `from recipes import FocalLoss`."
import warnings

import lazy_loader

__version__ = "0.1.0"

# fastai 2.8.12 scripts a loss as it is imported, which torch 2.15 calls deprecated: nothing that a reader could mend.
warnings.filterwarnings("ignore", message="`torch.jit.script` is deprecated", category=FutureWarning)

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)  # the names are in __init__.pyi, which tools/export.py writes
