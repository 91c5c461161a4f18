"""Time of one optimizer step over that of torch's fused AdamW and over what the memory allows, and bytes of state a parameter.

The optimizers of one library take turns with AdamW, so that a slow moment of the machine hits both alike. The ratio is of sums over whole
cycles of Lookahead after the first steps; slow ones sit out some turns. `floor` is the time that the machine takes to add two vectors in
place, for as many bytes as a step must read (weights, gradients, state) and write (weights, state). `noise` is the distance of the quartiles of AdamW's own times over their median.
"""
import argparse, math, statistics, time, warnings
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import torch
from torch import nn

from recipes import optimizer, state_bytes

cycle,warmup = 6,12 # steps between two moves of Lookahead's slow weights; turns that are not counted

def resnet18(width=64):
    "Shapes of the 62 parameters of a ResNet-18: 11.7 million"
    def conv(o, i, k): return [(o, i, k, k), (o,), (o,)]
    res,i = conv(width, 3, 7),width
    for o in (width, 2*width, 4*width, 8*width):
        res += conv(o, i, 3) + conv(o, o, 3) + (conv(o, i, 1) if o != i else []) + 2*conv(o, o, 3)
        i = o
    return res + [(1000, i), (1000,)]

def transformer(width=384, layers=6, vocab=8000):
    "Shapes of a small transformer: 13.7 million"
    def lin(o, i): return [(o, i), (o,)]
    block = [(width,)]*4 + lin(3*width, width) + lin(width, width) + lin(4*width, width) + lin(width, 4*width)
    return [(vocab, width)] + layers*block + [(width,)]*2

base = 'AdamW, fused'
def libraries():
    "Library to the optimizers it makes of parameters; one that is not installed is named and left out"
    T = torch.optim
    def ours(*names, **kwargs): return {', '.join([k, *(f'{a}={b}' for a,b in kwargs.items())]): lambda ps, k=k: optimizer(k, ps, **kwargs) for k in names}
    yield 'torch', {'AdamW, foreach': partial(T.AdamW, foreach=True), 'SGD, momentum 0.9': partial(T.SGD, lr=.01, momentum=.9), 'RMSprop, momentum 0.9': partial(T.RMSprop, momentum=.9),
                    'RAdam, foreach': partial(T.RAdam, foreach=True), 'Adafactor': T.Adafactor}
    yield 'recipes', ours('ranger', 'rangeradabelief') | ours('ranger', 'rangeradabelief', compile=True) | ours('ranger', 'rangeradabelief', use_gc=False) | ours('muon', 'sm3', 'adagraft')
    def fastai(name, ps):
        import fastai.optimizer as fo
        return getattr(fo, name)(ps, lr=1e-3)
    yield 'fastai', {'Adam': partial(fastai, 'Adam'), 'ranger (no centralization)': partial(fastai, 'ranger')}
    for lib in ('pytorch_optimizer', 'timm', 'bitsandbytes'):
        try: version(lib)
        except PackageNotFoundError: print(f'{lib} is not installed: left out.')
        else: yield lib, globals()[lib](ours)

def pytorch_optimizer(ours):
    import pytorch_optimizer as po
    return {'Ranger': po.Ranger, 'Ranger, foreach=False': partial(po.Ranger, foreach=False), 'AdaBelief, rectified': partial(po.AdaBelief, rectify=True)} | ours(
        'lion', 'schedule_free', 'madgrad', 'adabelief', 'lamb', 'novograd', 'adafactor', 'scalable_shampoo') | {'ranger21': lambda ps: optimizer('ranger21', ps, num_iterations=1000)}

def timm(ours):
    import timm.optim as to
    return {k: getattr(to, k) for k in ('AdaBelief', 'Adafactor', 'Lamb', 'Lion', 'MADGRAD', 'NvNovoGrad')}

def bitsandbytes(ours):
    return ours('adamw_8bit', 'lion_8bit', 'sgd_8bit')

def clock(f, device):
    if device == 'cuda': torch.cuda.synchronize()
    start = time.perf_counter()
    f()
    if device == 'cuda': torch.cuda.synchronize()
    return time.perf_counter() - start

def seconds_a_byte(n, device):
    "Of memory that is read or written, by adding `n` float32 numbers in place (a copy would fetch what it overwrites, too)"
    a,b = torch.zeros(n, device=device), torch.ones(n, device=device)
    return min(clock(lambda: a.add_(b), device) for _ in range(9))/(12*n)

def turns(makers, shapes, device, limit):
    "Times of each optimizer's steps, and the optimizers; one that has taken `limit` seconds sits out, after three steps"
    opts,times = {},{k: [] for k in makers}
    for k,make in makers.items():
        ps = [nn.Parameter(.05*torch.randn(s, device=device)) for s in shapes]
        for p in ps: p.grad = .01*torch.randn_like(p)
        opts[k] = make(ps)
    for _ in range(warmup + 4*cycle):
        for k,o in opts.items():
            if k == base or len(times[k]) < 3 or sum(times[k]) < limit: times[k].append(clock(o.step, device))
    return times,opts

def measure(shapes, device, limit):
    n,per_byte = sum(math.prod(s) for s in shapes),None
    for lib,makers in libraries():
        per_byte = per_byte or seconds_a_byte(n, device)
        times,opts = turns({base: partial(torch.optim.AdamW, fused=True), **makers}, shapes, device, limit)
        kept = times[base][warmup:]
        q = statistics.quantiles(kept, n=4)
        if lib == 'torch': print(f'{len(shapes)} tensors, {n/1e6:.1f} million parameters; {base} {1e3*q[1]:.1f} ms, noise {(q[2]-q[0])/q[1]:.2f}; over AdamW, over floor, bytes of state a parameter')
        for k,t in times.items():
            if k == base and lib != 'torch': continue
            if len(t) < warmup + cycle: one = statistics.median(t[2:])
            else: one = q[1]*statistics.median(sum(t[i:i+cycle])/sum(times[base][i:i+cycle]) for i in range(warmup, len(t)-cycle+1, cycle))
            slow = getattr(opts[k], 'slow_weights', None) or () # of fastai's Lookahead
            state = (state_bytes(opts[k]) + sum(p.nbytes for g in slow for p in g))/n
            print(f'  {lib if k != base else "":18s}{k:32s}{one/q[1]:8.2f} x {one/(per_byte*n*(12 + 2*state)):8.1f} x {state:7.2f}')

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--threads', type=int, nargs='+', default=[1, 2], help='CPU threads')
    p.add_argument('--seconds', type=float, default=.4, help='that an optimizer may take for one set of parameters, three steps at least')
    a = p.parse_args()
    warnings.filterwarnings('ignore')
    torch.manual_seed(0)
    for name,shapes in (('ResNet-18', resnet18()), ('transformer', transformer())):
        for threads in a.threads:
            torch.set_num_threads(threads)
            print(f'{name}, CPU, {threads} thread{"s"*(threads != 1)}:', end=' ')
            measure(shapes, 'cpu', a.seconds)
        if torch.cuda.is_available():
            print(f'{name}, {torch.cuda.get_device_name()}:', end=' ')
            measure(shapes, 'cuda', a.seconds)

if __name__ == '__main__': main()
