"Run notebooks top to bottom, in place: fresh outputs, clean metadata, cells counted 1..n. One that fails keeps its file as it was."
import argparse, os, re, sys, tempfile, time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbdev.clean import clean_nb

root = Path(__file__).resolve().parent.parent

# An absolute path tells which machine the page was made on, and a warning says that the code is not yet as it should be.
_here = '|'.join(re.escape(str(p)) for p in {root, Path.home(), Path(sys.prefix)} if len(str(p)) > 5)
_path = re.compile(r'(?<![\w.:/])/(?:home|Users|root|tmp|private|var/folders|work|mnt|opt|content|usr/(?:lib|local))/[\w.-]+'
                   rf'|\b[A-Z]:\\\\?Users|site-packages/|ipykernel_\d+|{_here}')
_warning = re.compile(r'\w*Warning: .*')
_bar = re.compile(r'\s*(<style>.*?</style>\s*)*(<div>\s*<progress.*</progress>[^<]*</div>\s*)?', re.DOTALL)  # what a progress bar leaves behind

def notebooks(folder=root/'nbs'): return sorted(p for p in folder.rglob('*.ipynb') if not any(o[0] in '._' for o in p.relative_to(folder).parts))

def tags(cell): return cell['metadata'].get('tags', [])

def texts(output):
    "The parts of an output that are text"
    yield from (output[k] for k in ('text', 'evalue') if k in output)
    yield from (v for k,v in output.get('data', {}).items() if isinstance(v, str) and not k.startswith('image/png'))

def blemishes(nb):
    "`(index of the cell, what is wrong with its outputs)`"
    for i,c in enumerate(nb.cells):
        for t in (t for o in c.get('outputs', []) for t in texts(o)):
            if m := _path.search(t): yield i, f'the output shows a path of one machine, {m[0]!r}: print a relative one, or use a temporary folder quietly'
            if m := _warning.search(t): yield i, f'the output shows a warning, {m[0][:80]!r}: mend its cause'

def clean(nb):
    "As nbdev cleans, and progress bars leave nothing behind; the counts stay, as proof that the cells ran in order"
    counts = [c.get('execution_count') for c in nb.cells]
    clean_nb(nb, allowed_cell_metadata_keys=['tags'])
    while nb.cells and not nb.cells[-1].source.strip(): nb.cells.pop()
    for c,n in zip(nb.cells, counts):
        if c.cell_type != 'code': continue
        c.execution_count = n
        c.outputs = [o for o in c.outputs if not ('text/html' in o.get('data', {}) and _bar.fullmatch(o.data['text/html']))]
        for o in c.outputs:
            if 'execution_count' in o: o.execution_count = n
    nb.metadata = nbformat.from_dict({'kernelspec': dict(name='python3', display_name='python3', language='python')})

def write(nb, path):
    "Write beside and move into place"
    with tempfile.NamedTemporaryFile('w', encoding='utf-8', dir=path.parent, prefix='.', suffix='.tmp', delete=False) as f:
        f.write(nbformat.writes(nb).rstrip('\n') + '\n')
    os.chmod(f.name, path.stat().st_mode)
    os.replace(f.name, path)

def environment(scratch):
    "What a notebook sees: the library of this checkout, no results of earlier runs, and one thread, since several notebooks run at a time"
    path = os.pathsep.join(filter(None, [str(root), os.environ.get('PYTHONPATH')]))
    return dict(OMP_NUM_THREADS='1') | os.environ | dict(PYTHONPATH=path, RECIPES_ABLATIONS=str(scratch))

def run(path, timeout=600):
    "Run one notebook; what to report, and whether it is good"
    start,before = time.perf_counter(),nbformat.read(path, as_version=4)
    nb = nbformat.from_dict(before)
    with tempfile.TemporaryDirectory() as d:
        # nbval passes over the cells with this tag, so does this
        client = NotebookClient(nb, timeout=timeout, kernel_name='python3', coalesce_streams=True, skip_cells_with_tag='nbval-skip',
                                extra_arguments=['--IPKernelApp.log_level=ERROR'], resources=dict(metadata=dict(path=str(path.parent))))
        try: client.execute(env=environment(d))
        except CellExecutionError as e: return f'{path}: FAILED, the file stays as it was\n{e}', False
        except Exception as e: return f'{path}: FAILED, the file stays as it was: {type(e).__name__}: {e}', False
    for old,new in zip(before.cells, nb.cells):  # without a GPU its cells show what was last recorded
        if 'gpu' in tags(new) and not new.outputs: new.outputs = old.outputs
    clean(nb)
    write(nb, path)
    bad = list(blemishes(nb))
    return '\n'.join([f'{path}: {time.perf_counter()-start:.0f} s', *(f'  cell {i}: {why}' for i,why in bad)]), not bad

def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('paths', nargs='*', type=Path, help='notebooks or folders; default: all')
    p.add_argument('-j', type=int, default=1, help='how many at a time')
    p.add_argument('--timeout', type=int, default=600, help='seconds a cell may take')
    a = p.parse_args()
    todo = [n for p in a.paths for n in (sorted(p.rglob('*.ipynb')) if p.is_dir() else [p])] or notebooks()
    good = True
    with ProcessPoolExecutor(a.j) as ex:
        for said,ok in ex.map(partial(run, timeout=a.timeout), [p.resolve() for p in todo]):
            print(said, flush=True)
            good &= ok
    return 0 if good else 1

if __name__ == '__main__': sys.exit(main())
