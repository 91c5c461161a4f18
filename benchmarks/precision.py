"""What SkipNonFinite and RollbackOnDivergence add to a training step of a ResNet-18.

Whole steps vary by more than these callbacks cost, so the time inside their events is measured, step by step, over the rest of the same step.
A checkpoint of RollbackOnDivergence (weights, and Adam's two moments) is measured by itself and shared out over the steps between two of them.
"""
import argparse, statistics, time, warnings

import torch
from recipes import RollbackOnDivergence, SkipNonFinite
from fastai.basics import *
from torchvision.models import resnet18


def sync():
    if torch.cuda.is_available(): torch.cuda.synchronize()

def timed(cls):
    "The callback with a stop watch on its events"
    class Timed(cls):
        name,spent,saving = cls.__name__, 0., ()
        def __call__(self, event):
            sync()
            start = time.perf_counter()
            super().__call__(event)
            sync()
            self.spent += time.perf_counter() - start
        def _save(self):
            start = time.perf_counter()
            super()._save()
            sync()
            took = time.perf_counter() - start
            self.saving += (took,)
            self.spent -= took
    return Timed

class Steps(Callback):
    "Seconds from the end of one batch to that of the next, and of the callbacks within"
    order = 70
    def __init__(self, cbs): self.timed,self.rows = cbs,[]
    def before_train(self): self.start_again()
    def start_again(self):
        sync()
        self.start,self.was = time.perf_counter(), [cb.spent for cb in self.timed]
    def after_batch(self):
        sync()
        self.rows.append((time.perf_counter() - self.start, *(cb.spent - w for cb,w in zip(self.timed, self.was))))
        self.start_again()
    def before_validate(self): raise CancelValidException

def measure(steps, bs, side):
    torch.manual_seed(0)
    dl = DataLoader(list(zip(torch.randn(bs*steps, 3, side, side), torch.randint(10, (bs*steps,)))), bs=bs)
    cbs,every = [timed(SkipNonFinite)(), timed(RollbackOnDivergence)(every=3)], RollbackOnDivergence().every
    learn = Learner(DataLoaders(dl, dl, device='cuda' if torch.cuda.is_available() else 'cpu'), resnet18(num_classes=10), loss_func=CrossEntropyLossFlat(), lr=1e-3, cbs=[*cbs, log := Steps(cbs)])
    with learn.no_bar(), learn.no_logging(): learn.fit(1)
    rows,saves = log.rows[3:], cbs[1].saving[1:]
    rest = [t - s - r for t,s,r in rows]
    save = statistics.median(saves)/statistics.median(rest)
    print(f'{len(rows)} steps, median {1e3*statistics.median(rest):.0f} ms; a checkpoint takes {save:.2f} of one')
    for k,i,more in (('SkipNonFinite', 1, 0.), ('RollbackOnDivergence between checkpoints', 2, 0.), (f'RollbackOnDivergence with a checkpoint every {every} steps', 2, save/every)):
        q = statistics.quantiles([r[i]/b + more for r,b in zip(rows, rest)], n=4)
        print(f'  {k:60s} +{q[1]:.1%}   quartiles {q[0]:.1%} to {q[2]:.1%}')

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--steps', type=int, default=15, help='steps')
    p.add_argument('--bs', type=int, nargs='+', default=[16, 64], help='batch sizes')
    p.add_argument('--side', type=int, default=64, help='pixels a side')
    p.add_argument('--threads', type=int, default=1, help='CPU threads')
    a = p.parse_args()
    warnings.filterwarnings('ignore')
    torch.set_num_threads(a.threads)
    where = torch.cuda.get_device_name() if torch.cuda.is_available() else f'CPU, {a.threads} thread' + 's'*(a.threads > 1)
    for bs in a.bs:
        print(f'ResNet-18, {bs} images of {a.side}x{a.side}, {where}:', end=' ')
        measure(a.steps, bs, a.side)

if __name__ == '__main__': main()
