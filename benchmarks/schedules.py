"""Time of a training step of a ResNet-18 with each schedule over that of the same fit without one, beside fastai's own.

All take turns in one process, so that a slow moment of the machine hits them alike. Rounds of a few steps are timed from the first batch to the
last, without validation; shown are the median of the ratios over the rounds and their quartiles. What a schedule does is little beside such a step,
so what is left is the noise of the machine, which `plain again` shows.
"""
import argparse, time, warnings

import pandas as pd
import torch
from recipes import PlateauSchedule  # gives Learner `fit_schedule` and `fit_plateau`
from fastai.basics import Callback, CancelValidException, CrossEntropyLossFlat, DataLoader, DataLoaders, Learner, default_device
from fastai.callback.tracker import ReduceLROnPlateau


class Clock(Callback):
    "Seconds of the training batches"
    order = 99
    def before_train(self): self.start = time.perf_counter()
    def after_train(self):
        if torch.cuda.is_available(): torch.cuda.synchronize()
        self.took = time.perf_counter() - self.start
    def before_validate(self): raise CancelValidException

fits = {'plain': lambda l: l.fit(1, .01), 'plain again': lambda l: l.fit(1, .01), 'fastai fit_one_cycle': lambda l: l.fit_one_cycle(1, .01),
        'fit_schedule, one_cycle': lambda l: l.fit_schedule(1, .01), 'fit_schedule, linear': lambda l: l.fit_schedule(1, .01, 'linear'),
        'fastai ReduceLROnPlateau': lambda l: l.fit(1, .01, cbs=ReduceLROnPlateau('train_loss')),
        'fit_plateau, train_loss every step': lambda l: l.fit_plateau(1, .01, monitor='train_loss', every=1)}

def main():
    with warnings.catch_warnings(action='ignore'): from torchvision.models import resnet18  # it warns of torch.jit
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--rounds', type=int, default=12, help='rounds, after one to warm up')
    p.add_argument('--steps', type=int, default=3, help='steps a round')
    p.add_argument('--bs', type=int, default=8, help='rows a batch')
    p.add_argument('--size', type=int, default=64, help='pixels a side')
    a = p.parse_args()
    n = a.bs*a.steps
    dl = DataLoader(list(zip(torch.randn(n, 3, a.size, a.size), torch.randint(10, (n,)))), bs=a.bs)
    learn = Learner(DataLoaders(dl, dl, device=default_device()), resnet18(num_classes=10), loss_func=CrossEntropyLossFlat(), cbs=Clock())
    def seconds(fit):
        fit(learn)
        return learn.clock.took
    with learn.no_bar(), learn.no_logging(): rounds = pd.DataFrame([{k: seconds(f) for k,f in fits.items()} for _ in range(a.rounds + 1)])[1:]
    ratio = rounds.div(rounds.plain, axis=0)
    print(f'torch {torch.__version__}, {default_device()}, {torch.get_num_threads()} threads, batches of {a.bs}x3x{a.size}x{a.size}: {1000*rounds.plain.median()/a.steps:.0f} ms a plain step')
    print(pd.DataFrame({'over plain': ratio.median(), 'quartile': ratio.quantile(.25), 'to': ratio.quantile(.75)}).round(3).to_string())

if __name__ == '__main__': main()
