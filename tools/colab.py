"A processor for nbdev: every page of the site links to its notebook on Colab."
from pathlib import Path

from fastcore.nbio import mk_cell
from nbdev.config import get_config
from nbdev.process import Processor

class add_colab_link(Processor):
    "Put a line under the title of the page"
    def begin(self):
        cfg = get_config()
        page = Path(self.nb.path_).resolve().relative_to(cfg.config_path).as_posix()
        url = f'https://colab.research.google.com/github/{cfg.user}/{cfg.repo}/blob/{cfg.branch}/{page}'
        self.nb.cells.insert(1, mk_cell(f'[Open in Colab]({url}){{.open-in-colab}}, and run `!pip install -q git+{cfg.git_url}` there first.', 'markdown'))
