"""Time of one optimizer step over that of torch's fused AdamW, and bytes of state a parameter.

All optimizers take turns in one process, so that a slow moment of the machine hits them alike. The ratio is of the sums over whole cycles
of Lookahead, after the first twelve steps; `noise` is the distance of the quartiles of AdamW's own times over their median.
"""
import argparse, math, statistics, time, warnings
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import torch
from torch import nn

from recipes import Ranger, RangerAdaBelief

cycle,warmup = 6,12 # steps between two moves of Lookahead's slow weights; steps that are not counted

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

def fastai_ranger(params, lr):
    from fastai.optimizer import ranger
    return ranger(params, lr=lr)

def peers(device):
    "Name to what makes it; those of libraries that are not installed are named and left out"
    AdamW = partial(torch.optim.AdamW, weight_decay=.01)
    res = {'torch AdamW, fused': partial(AdamW, fused=True), 'torch AdamW, foreach': partial(AdamW, foreach=True), 'torch RAdam, foreach': partial(torch.optim.RAdam, foreach=True),
           'Ranger': partial(Ranger, weight_decay=.01), 'Ranger, use_gc=False': partial(Ranger, weight_decay=.01, use_gc=False),
           'RangerAdaBelief': partial(RangerAdaBelief, weight_decay=.01), 'RangerAdaBelief, use_gc=False': partial(RangerAdaBelief, weight_decay=.01, use_gc=False),
           'fastai ranger (no centralization)': fastai_ranger}
    try: version('pytorch_optimizer')
    except PackageNotFoundError: print('pytorch_optimizer is not installed (pip install "recipes[low-memory]"): its Ranger and AdaBelief are left out.')
    else:
        import pytorch_optimizer as po
        for foreach in (False, True):
            how = ', foreach' if foreach else ''
            res |= {f'pytorch_optimizer Ranger{how}': partial(po.Ranger, weight_decay=.01, foreach=foreach),
                    f'pytorch_optimizer AdaBelief, rectified{how}': partial(po.AdaBelief, rectify=True, weight_decay=.01, foreach=foreach)}
    return res

def state_bytes(opt, n):
    "Bytes of tensors held a parameter"
    seen = {}
    def walk(o):
        if isinstance(o, torch.Tensor): seen[o.data_ptr()] = o.nbytes
        elif isinstance(o, dict): [walk(v) for v in o.values()]
        elif isinstance(o, (list, tuple)) or type(o).__name__ == 'L': [walk(v) for v in o]
    walk(opt.state_dict()['state'])
    walk(getattr(opt, 'slow_weights', None))
    return sum(seen.values())/n

def measure(shapes, device, cycles):
    makers,n = peers(device),sum(math.prod(s) for s in shapes)
    base = next(iter(makers))
    opts,times = {},{k: [] for k in makers}
    for k,make in makers.items():
        ps = [nn.Parameter(.05*torch.randn(s, device=device)) for s in shapes]
        for p in ps: p.grad = .01*torch.randn_like(p)
        opts[k] = make(ps, lr=1e-3)
    for _ in range(warmup + cycle*cycles):
        for k,o in opts.items():
            if device == 'cuda': torch.cuda.synchronize()
            start = time.perf_counter()
            o.step()
            if device == 'cuda': torch.cuda.synchronize()
            times[k].append(time.perf_counter() - start)
    times = {k: t[warmup:] for k,t in times.items()}
    q = statistics.quantiles(times[base], n=4)
    print(f'{len(shapes)} tensors, {n/1e6:.1f} million parameters; {base} {1e3*q[1]:.1f} ms, noise {(q[2]-q[0])/q[1]:.2f}')
    for k,t in times.items():
        whole = [sum(t[i:i+cycle])/sum(times[base][i:i+cycle]) for i in range(0, len(t), cycle)]
        print(f'  {k:45s} {statistics.median(whole):6.2f} x   {state_bytes(opts[k], n):5.1f} bytes')

def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--threads', type=int, nargs='+', default=[1], help='CPU threads')
    p.add_argument('--cycles', type=int, default=8, help='of six steps that are measured')
    a = p.parse_args()
    warnings.filterwarnings('ignore')
    torch.manual_seed(0)
    for name,shapes in (('ResNet-18', resnet18()), ('transformer', transformer())):
        for threads in a.threads:
            torch.set_num_threads(threads)
            print(f'{name}, CPU, {threads} thread{"s"*(threads != 1)}:', end=' ')
            measure(shapes, 'cpu', a.cycles)
        if torch.cuda.is_available():
            print(f'{name}, {torch.cuda.get_device_name()}:', end=' ')
            measure(shapes, 'cuda', 4*a.cycles)

if __name__ == '__main__': main()
