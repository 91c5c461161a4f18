"""Run the code of a page in the terminal, as Python would: progress bars are seen, and `ablate` trains what its record lacks.

The cells under "When to use it" only read the record, so they are left out: they could not run before it is there."""
import ast, linecache, os, sys
from pathlib import Path

import nbformat

from check import Page
from run_nbs import root, tags

def run(page):
    path = root/f'nbs/{page}.ipynb'
    if not path.exists(): sys.exit(f'There is no page {page!r}: nbs/{page}.ipynb does not exist.')
    os.chdir(path.parent)
    nb = nbformat.read(path, as_version=4)
    readers = Page(page, nb).section('When to use it')
    scope = sys.modules['__main__'].__dict__  # functions of `__main__` travel to other processes
    for i,cell in enumerate(nb.cells):
        if cell.cell_type != 'code' or i in readers or 'nbval-skip' in tags(cell): continue
        name = f'{path.name}, cell {i}'
        linecache.cache[name] = len(cell.source), None, cell.source.splitlines(keepends=True), name  # for tracebacks and `inspect`
        body = ast.parse(cell.source, name).body
        last = [body.pop()] if body and isinstance(body[-1], ast.Expr) else []
        exec(compile(ast.Module(body, []), name, 'exec'), scope)
        if last: exec(compile(ast.Interactive(last), name, 'single'), scope)  # and show its value

if __name__ == '__main__':
    os.environ.update(RECIPES_EVIDENCE='1', MPLBACKEND='agg')
    if len(sys.argv) != 2: sys.exit('One page: python tools/evidence.py data/imbalance')
    run(sys.argv[1].removesuffix('.ipynb').removeprefix('nbs/'))
