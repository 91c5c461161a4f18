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
from .optim.catalogue import (
    EPS as EPS,
    MuonAdamW as MuonAdamW,
    OPTIMIZERS as OPTIMIZERS,
    OptimizerEntry as OptimizerEntry,
    list_optimizers as list_optimizers,
    opt_func as opt_func,
    optimizer as optimizer,
    train_with as train_with,
    with_lion as with_lion,
    with_muon as with_muon,
    with_schedule_free as with_schedule_free,
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
from .wrapper import (
    SelfScheduled as SelfScheduled,
    TorchOptimizer as TorchOptimizer,
    no_decay_groups as no_decay_groups,
)
