# Written by tools/export.py from the `__all__` of every module.
from .ablation import (
    Ablation as Ablation,
    MetricError as MetricError,
    TIPS as TIPS,
    Tip as Tip,
    Tuned as Tuned,
    Verdict as Verdict,
    Verdicts as Verdicts,
    ablate as ablate,
    evidence_path as evidence_path,
    load_ablation as load_ablation,
    paired_stats as paired_stats,
    tip as tip,
    tune as tune,
)
from .cli import (
    Tips as Tips,
    ablate_tips as ablate_tips,
    list_tips as list_tips,
)
from .data.imbalance import (
    balanced_dls as balanced_dls,
    balanced_sampling as balanced_sampling,
    class_counts as class_counts,
    class_weights as class_weights,
    inverse_weights as inverse_weights,
    logit_adjust as logit_adjust,
    logit_adjustment as logit_adjustment,
    oversample as oversample,
    oversampling as oversampling,
    sqrt_weights as sqrt_weights,
    suggest_imbalance as suggest_imbalance,
    weighted_loss as weighted_loss,
)
from .losses.focal import (
    FocalLoss as FocalLoss,
    focal as focal,
    focal_loss as focal_loss,
    suggest_focal as suggest_focal,
)
from .optim.ranger import (
    Ranger as Ranger,
    RangerAdaBelief as RangerAdaBelief,
    ranger as ranger,
    rangeradabelief as rangeradabelief,
    suggest_ranger as suggest_ranger,
    with_ranger as with_ranger,
    with_rangeradabelief as with_rangeradabelief,
)
from .optim.ranger21 import (
    WarmUpDown as WarmUpDown,
    ranger21 as ranger21,
    suggest_ranger21 as suggest_ranger21,
    warm_up_down as warm_up_down,
    with_ranger21 as with_ranger21,
)
from .optim.sam import (
    SAM as SAM,
    asam as asam,
    perturbed as perturbed,
    sam as sam,
    sam_perturbation as sam_perturbation,
    sam_step as sam_step,
    suggest_sam as suggest_sam,
)
from .tasks import (
    BagOfWords as BagOfWords,
    Data as Data,
    MLP as MLP,
    Rows as Rows,
    RowsDL as RowsDL,
    SmallCNN as SmallCNN,
    StepBudget as StepBudget,
    TASKS as TASKS,
    Task as Task,
    adult as adult,
    banking77 as banking77,
    breast_cancer as breast_cancer,
    diabetes as diabetes,
    digits as digits,
    fashion_mnist as fashion_mnist,
    fit as fit,
    goemotions as goemotions,
    multilabel_digits as multilabel_digits,
    sms_spam as sms_spam,
    task as task,
    taxi as taxi,
    transfer_digits as transfer_digits,
)
from .training.accumulation import (
    Accumulate as Accumulate,
    accumulate as accumulate,
    accumulated as accumulated,
    suggest_accumulate as suggest_accumulate,
)
from .training.averaging import (
    EMA as EMA,
    SWA as SWA,
    WeightAverage as WeightAverage,
    ema as ema,
    half_life_to_decay as half_life_to_decay,
    recompute_bn as recompute_bn,
    suggest_ema as suggest_ema,
    suggest_swa as suggest_swa,
    swa as swa,
)
from .training.lr_finder import (
    LRSuggestion as LRSuggestion,
    lr_range_test as lr_range_test,
    pick_lr as pick_lr,
    rollback as rollback,
    suggest_lr as suggest_lr,
    suggest_lr_near as suggest_lr_near,
    with_lr_finder as with_lr_finder,
)
from .training.precision import (
    Autocast as Autocast,
    BufferSnapshot as BufferSnapshot,
    CheckpointRing as CheckpointRing,
    DivergedError as DivergedError,
    Precision as Precision,
    RollbackOnDivergence as RollbackOnDivergence,
    SkipNonFinite as SkipNonFinite,
    all_finite as all_finite,
    check_precision as check_precision,
    roll_back as roll_back,
    safe_eps as safe_eps,
    skip_non_finite as skip_non_finite,
    suggest_rollback as suggest_rollback,
    with_autocast as with_autocast,
)
from .wrapper import (
    SelfScheduled as SelfScheduled,
    TorchOptimizer as TorchOptimizer,
    no_decay_groups as no_decay_groups,
)
