"""Time of one update of the averaged weights over a training step, and over timm's ModelEmaV3 and torch's AveragedModel.

A ResNet-18 (62 parameters, 60 buffers, 11.7 million weights) trains on random images while all averages take turns after every step, in
one process and in changing order, so that a slow moment of the machine hits them alike. Of every round the ratios are taken; median and quartiles are printed.
"""
import argparse, random, statistics, time, warnings
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn, get_swa_multi_avg_fn
from torchvision.models import resnet18

from recipes import EMA, SWA, WeightAverage

warmup = 2 # rounds that are not counted

class Loop:
    "The part of a Learner that the callbacks look at in one training batch"
    def __init__(self, model, cb):
        from fastai.basics import CrossEntropyLossFlat, DataLoader, DataLoaders, Learner
        dl = DataLoader([(torch.zeros(1), 0)]*2, bs=2)
        self.learn = Learner(DataLoaders(dl, dl), model, loss_func=CrossEntropyLossFlat(), cbs=cb)
        self.learn.create_opt()
        self.cb,self.learn.n_epoch,self.learn.training,self.learn.pct_train = cb,10,True,.9
        cb('before_fit')
    def __call__(self, model):
        for event in ('before_batch', 'after_pred', 'after_step', 'after_batch'): self.cb(event)

def averages(model):
    "Name to what updates; those of libraries that are not installed are named and left out"
    res = {'recipes WeightAverage, EMA': WeightAverage(model, decay=.999).update_parameters, 'recipes WeightAverage, SWA': WeightAverage(model).update_parameters,
           'recipes EMA, the callback': Loop(model, EMA(.999)), 'recipes SWA, the callback': Loop(model, SWA(every=1)),
           'torch AveragedModel, EMA': AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(.999), use_buffers=True).update_parameters,
           'torch AveragedModel, EMA, no buffers': AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(.999)).update_parameters,
           'torch AveragedModel, SWA': AveragedModel(model, multi_avg_fn=get_swa_multi_avg_fn()).update_parameters}
    try: version('timm')
    except PackageNotFoundError: print('timm is not installed (pip install timm): its ModelEmaV3 is left out.')
    else:
        from timm.utils import ModelEmaV3
        res['timm ModelEmaV3'] = ModelEmaV3(model, decay=.999).update
    return res

def measure(device, rounds, bs, size):
    model = resnet18().to(device)
    opt,loss_func = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=.9),nn.CrossEntropyLoss()
    x,y = torch.randn(bs, 3, size, size, device=device),torch.randint(1000, (bs,), device=device)
    def step():
        loss_func(model(x), y).backward()
        opt.step()
        opt.zero_grad()
    avgs = averages(model)
    what = {'step': step} | {k: partial(f, model) for k,f in avgs.items()}
    times = {k: [] for k in what}
    for _ in range(warmup + rounds):
        names = list(avgs)
        random.shuffle(names)
        for k in ['step', *names]:
            if device == 'cuda': torch.cuda.synchronize()
            start = time.perf_counter()
            what[k]()
            if device == 'cuda': torch.cuda.synchronize()
            times[k].append(time.perf_counter() - start)
    times = {k: t[warmup:] for k,t in times.items()}
    def ratio(a, b):
        q = statistics.quantiles([i/j for i,j in zip(times[a], times[b])], n=4)
        return f'{q[1]:.4f} ({q[0]:.4f} to {q[2]:.4f})'
    print(f'{sum(p.numel() for p in model.parameters())/1e6:.1f} million weights, {len(list(model.parameters()))} parameters, {len(list(model.buffers()))} buffers; '
          f'{bs} images of {size} pixels, a step takes {1e3*statistics.median(times["step"]):.0f} ms')
    print(f'  {"":38s} {"share of a step (quartiles)":30s} over torch\'s')
    for k in avgs: print(f'  {k:38s} {ratio(k, "step"):30s} {ratio(k, "torch AveragedModel, " + ("SWA" if "SWA" in k else "EMA"))}')

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--threads', type=int, nargs='+', default=[1], help='CPU threads')
    p.add_argument('--rounds', type=int, default=20, help='that are measured')
    p.add_argument('--bs', type=int, default=64, help='images a step')
    p.add_argument('--size', type=int, default=64, help='pixels of a side')
    a = p.parse_args()
    warnings.filterwarnings('ignore')
    torch.manual_seed(0)
    for threads in a.threads:
        torch.set_num_threads(threads)
        print(f'CPU, {threads} thread{"s"*(threads != 1)}:', end=' ')
        measure('cpu', a.rounds, a.bs, a.size)
    if torch.cuda.is_available():
        print(f'{torch.cuda.get_device_name()}:', end=' ')
        measure('cuda', 4*a.rounds, a.bs, a.size)

if __name__ == '__main__': main()
