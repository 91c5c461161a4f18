"Checks of pages, site and package that need neither Quarto nor a browser. Each yields what is wrong, where, and what to do."
import argparse, ast, difflib, itertools, os, posixpath, re, subprocess, sys, tempfile, zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from configparser import ConfigParser
from functools import cached_property
from pathlib import Path

import nbformat
import yaml
from nbdev.config import tomllib

import export
from run_nbs import blemishes, notebooks, root, tags

tip_folders = 'data', 'losses', 'optim', 'training', 'ensembling', 'tuning', 'scale'
sections = 'When to use it', 'The recipe', 'How it works', 'Works with', 'Does it help?', 'Knobs', 'Pitfalls', 'References'
known_tags = {'nbval-ignore-output', 'nbval-skip', 'gpu'}

class Page:
    "A notebook, and where it is below nbs/"
    def __init__(self, path, nb): self.path,self.nb = path,nb
    @property
    def is_tip(self): return self.path.split('/')[0] in tip_folders and not self.path.endswith('index.ipynb')
    @property
    def code(self): return [(i,c) for i,c in enumerate(self.nb.cells) if c.cell_type == 'code']
    @cached_property
    def headings(self): return [(i, len(h[1]), h[2]) for i,c in enumerate(self.nb.cells) for t in _markdown(c) for h in _heading.finditer(_prose(t))]
    def section(self, name):
        "Indices of the cells below a heading of the second level"
        starts = [(i,t) for i,level,t in self.headings if level == 2] + [(len(self.nb.cells), None)]
        return next((list(range(i, j)) for (i,t),(j,_) in itertools.pairwise(starts) if t == name), [])
    @property
    def recipe(self): return [(i,c) for i,c in self.code if i in self.section('The recipe')]

def pages(folder=root/'nbs'): return [Page(p.relative_to(folder).as_posix(), nbformat.v4.reads(p.read_text(encoding='utf-8'))) for p in notebooks(folder)]

_heading = re.compile(r'^(#{1,6}) +(.+?) *#*$', re.MULTILINE)
_fence = re.compile(r'^ *(```+|~~~+).*?^ *\1 *$', re.MULTILINE | re.DOTALL)

def _prose(text): return _fence.sub('', text)

def _markdown(cell):
    "The markdown of a cell and of its outputs"
    if cell.cell_type == 'markdown': yield cell.source
    yield from (o['data']['text/markdown'] for o in cell.get('outputs', []) if 'text/markdown' in o.get('data', {}))

def directives(cell): return {l[2:].strip() for l in cell.source.splitlines() if l.startswith('#|')}

# ---- one page: each check yields (index of the cell or None, what is wrong and what to do) ----

def has_title(page):
    first = page.nb.cells[0] if page.nb.cells else None
    if first is None or first.cell_type != 'markdown' or not re.match(r'# \S.*\n\n> \S', first.source):
        yield 0, 'the page begins with a cell `# Title`, an empty line and `> one line that says what it is`'

def metadata_is_clean(page):
    if page.nb.metadata != {'kernelspec': dict(name='python3', display_name='python3', language='python')}:
        yield None, 'the metadata of the notebook hold more than the kernel: `make run`'
    if odd := {k for c in page.nb.cells for k in c.metadata} - {'tags'}: yield None, f'cells with metadata {sorted(odd)}: only tags belong there, `make run` removes the others'
    for i,c in enumerate(page.nb.cells):
        if odd := set(tags(c)) - known_tags: yield i, f'tag {sorted(odd)}: the tags are {sorted(known_tags)}'
    for k,n in Counter(c.get('id') for c in page.nb.cells).items():
        if n > 1 or not k: yield None, f'{n} cells have the id {k}: give each its own'

def ran_in_order(page):
    counts = [(i, c.execution_count) for i,c in page.code if c.source.strip() and 'nbval-skip' not in tags(c)]
    for n,(i,count) in enumerate(counts, 1):
        if count != n: return (yield i, f'execution count {count} where {n} is due: the notebook was not run top to bottom, `make run`')

def outputs_are_clean(page):
    yield from ((i, f'the cell raised {o.ename}: mend it, or show the error with `expect_fail`')
                for i,c in page.code for o in c.outputs if o.output_type == 'error')
    yield from blemishes(page.nb)

def is_small(page):
    if (size := len(nbformat.writes(page.nb))) >= 1_000_000: yield None, f'{size/1e6:.1f} MB: less than 1 MB keeps clones quick, save figures with fewer dots'

def is_finished(page):
    for i,c in enumerate(page.nb.cells):
        if m := re.search(r'\b(TODO|FIXME|XXX)\b', c.source): yield i, f'{m[0]}: do it, or make it an issue'

def skips_agree(page):
    for i,c in page.code:
        if ('eval: false' in directives(c)) != ('nbval-skip' in tags(c)): yield i, '`#| eval: false` (for the site) and the tag nbval-skip (for the tests) go together'

def imports_stand_alone(page):
    "nbdev runs every cell with an import as it makes the site, without the state of the cells before"
    recipe = [i for i,_ in page.recipe]
    for i,c in page.code:
        if i in recipe or directives(c) & {'export', 'exporti', 'exports'}: continue
        try: body = ast.parse(re.sub(r'^\s*[%!].*', 'pass', c.source, flags=re.MULTILINE)).body
        except SyntaxError as e: yield i, f'not Python: {e}'; continue
        imports = [isinstance(o, (ast.Import, ast.ImportFrom)) for o in body]
        if any(imports) and not all(imports): yield i, 'imports stand in a cell of their own: split the cell'

def has_sections(page):
    found = [t for _,level,t in page.headings if level == 2]
    if page.is_tip and [t for t in found if t in sections] != list(sections):
        yield None, f'the sections of a tip are, in this order, {", ".join(sections)}; here they are {", ".join(found) or "none"}'

def has_recipe(page):
    if not page.is_tip: return
    if len(page.recipe) != 1: return (yield None, f'{len(page.recipe)} code cells under "The recipe": a reader copies exactly one')
    (i,c), = page.recipe
    if (n := sum(not l.startswith('#|') for l in c.source.splitlines())) > 15: yield i, f'a recipe of {n} lines: at most 15'

page_checks = [has_title, metadata_is_clean, ran_in_order, outputs_are_clean, is_small, is_finished, skips_agree, imports_stand_alone, has_sections, has_recipe]

def on_every_page(check):
    def f():
        for p in pages():
            for i,why in check(p): yield f'nbs/{p.path}' + ('' if i is None else f', cell {i}') + f': {why}'
    f.__name__ = check.__name__
    return f

# ---- all pages together ----

def run_code(code, folder, timeout=300, **env):
    "Run Python in a fresh process, which sees the library of `folder`"
    env = os.environ | dict(PYTHONPATH=str(folder), MPLBACKEND='agg', OMP_NUM_THREADS='1') | env
    with tempfile.TemporaryDirectory() as d:
        (file := Path(d)/'cell.py').write_text(code, encoding='utf-8')
        try: r = subprocess.run([sys.executable, file], cwd=d, env=env, capture_output=True, text=True, timeout=timeout)
        except subprocess.TimeoutExpired: return f'it takes more than {timeout} s', ''
    return (None if r.returncode == 0 else r.stderr.strip()), r.stdout

def alone(page):
    (i,c), = page.recipe
    error,_ = run_code(c.source, root)
    if error: yield f'nbs/{page.path}, cell {i}: the recipe does not run alone in a fresh process:\n{error}'

def recipes_run_alone():
    with ThreadPoolExecutor(2) as ex:
        for bad in ex.map(lambda p: list(alone(p)), [p for p in pages() if p.is_tip and len(p.recipe) == 1]): yield from bad

def in_sidebar(contents):
    for o in contents:
        if isinstance(o, str): yield o
        else:
            if 'href' in o: yield o['href']
            yield from in_sidebar(o.get('contents', []))

def sidebar_differences(contents, paths):
    listed = Counter(in_sidebar(contents))
    yield from (f'_quarto.yml: the sidebar has {o}, but there is no nbs/{o}' for o in listed if o not in paths)
    yield from (f'nbs/{o}: not in the sidebar of _quarto.yml, so that no reader finds it' for o in paths if o not in listed)
    yield from (f'_quarto.yml: {o} is in the sidebar {n} times' for o,n in listed.items() if n > 1)

def sidebar_is_complete():
    quarto = yaml.safe_load((root/'nbs/_quarto.yml').read_text(encoding='utf-8'))
    yield from sidebar_differences(quarto['website']['sidebar']['contents'], [p.path for p in pages()])

def slug(heading):
    "The anchor that Quarto (pandoc's auto_identifiers) gives a heading"
    if m := re.search(r'\{[^}]*#([\w.:-]+)[^}]*\}\s*$', heading): return m[1]
    text = re.sub(r'\{[^}]*\}\s*$', '', heading)
    text = re.sub(r'!?\[([^\]]*)\]\([^)]*\)', r'\1', text).replace('`', '').replace('*', '').lower()
    return re.sub(r'^[^a-z]+', '', re.sub(r'\s+', '-', re.sub(r'[^\w\s.-]', '', text).strip())) or 'section'

def anchors(page):
    seen,res = Counter(),set()
    for _,_,t in page.headings:
        s = slug(t)
        res.add(f'{s}-{seen[s]}' if seen[s] else s)
        seen[s] += 1
    html = '\n'.join(t for c in page.nb.cells for t in [*_markdown(c), *(o['data'].get('text/html', '') for o in c.get('outputs', []) if 'data' in o)])
    return res | set(re.findall(r'\bid="([^"]+)"', html)) | set(re.findall(r'\]\{[^}]*#([\w.:-]+)', html))

_link = re.compile(r'\]\(<?([^)\s>]+)|\b(?:href|src)="([^"]+)"')

def links(cell):
    texts = [*_markdown(cell), *(o['data']['text/html'] for o in cell.get('outputs', []) if 'text/html' in o.get('data', {}) and 'text/markdown' not in o['data'])]
    for t in texts: yield from (a or b for a,b in _link.findall(re.sub(r'`[^`\n]+`(?!\])', '', _prose(t))))

def broken_links(pages, doc_url, files=()):
    "Links between `pages`, to `files` below nbs/, and to addresses below `doc_url` that lead nowhere"
    where = {p.path.removesuffix('.ipynb'): anchors(p) for p in pages}
    for p in pages:
        for i,c in enumerate(p.nb.cells):
            for l in links(c):
                if l.startswith(doc_url): to = l.removeprefix(doc_url).lstrip('/') or 'index.html'
                elif re.match(r'[a-z]+:|//', l): continue
                elif l.startswith('#'): to = p.path + l
                else: to = posixpath.normpath(posixpath.join(posixpath.dirname(p.path), l))
                path,_,anchor = to.partition('#')
                name = re.sub(r'\.(ipynb|html)$', '', path)
                if name not in where and path not in files: yield f'nbs/{p.path}, cell {i}: the link {l} leads to no page: mend it'
                elif anchor and anchor not in where.get(name, ()):
                    near = difflib.get_close_matches(anchor, where.get(name, ()), 1)
                    yield f'nbs/{p.path}, cell {i}: {path} has no heading #{anchor}' + (f', but #{near[0]}' if near else '')

def site_is_whole():
    "nbdev processes every notebook as for the site; then all links are followed"
    nbdev = tomllib.loads((root/'pyproject.toml').read_text(encoding='utf-8'))
    with tempfile.TemporaryDirectory() as d:
        copy = Path(d).resolve()
        export.copy_to(copy)
        code = 'import os\nfrom nbdev.serve import proc_nbs\nif __name__ == "__main__":\n    os.chdir(os.environ["SITE"])\n    proc_nbs(n_workers=2)\n'
        error,_ = run_code(code, f'{copy}{os.pathsep}{copy/"tools"}', SITE=str(copy))
        if error:
            return (yield f'nbdev cannot make the site: {error[max(error.rfind("Error in notebook"), len(error) - 1000):]}')
        site = pages(copy/'_proc')
        files = {p.relative_to(copy/'nbs').as_posix() for p in (copy/'nbs').rglob('*') if p.is_file()}
    yield from broken_links(site, nbdev['project']['urls']['Documentation'], files)
    for p in site:
        link = f'{nbdev["project"]["urls"]["Repository"].removeprefix("https://github.com/")}/blob/{nbdev["tool"]["nbdev"]["branch"]}/nbs/{p.path}'
        if not any(l.endswith(link) and 'colab' in l for c in p.nb.cells for l in links(c)): yield f'nbs/{p.path}: its page has no link to Colab, see tools/colab.py'

# ---- the package ----

def settings():
    config = ConfigParser()
    config.read(root/'settings.ini', encoding='utf-8')
    return config['DEFAULT']

def fact_differences(facts, project, branch, pythons):
    pairs = {'name': (facts['lib_name'], project['name']), 'requires-python': (f'>={facts["min_python"]}', project['requires-python']),
             'Repository': (facts['git_url'], project['urls']['Repository']), 'Documentation': (facts['doc_url'], project['urls']['Documentation']),
             'branch': (facts['branch'], branch)}
    yield from (f'pyproject.toml: {k} is {theirs!r}, but settings.ini says {ours!r}' for k,(ours,theirs) in pairs.items() if ours != theirs)
    if pythons != [facts['min_python'], facts['max_python']]: yield f'.github/workflows/test.yml: python {pythons}, but settings.ini says {facts["min_python"]} to {facts["max_python"]}'

def facts_agree():
    toml = tomllib.loads((root/'pyproject.toml').read_text(encoding='utf-8'))
    flow = yaml.safe_load((root/'.github/workflows/test.yml').read_text(encoding='utf-8'))
    yield from fact_differences(settings(), toml['project'], toml['tool']['nbdev']['branch'], flow['jobs']['test']['strategy']['matrix']['python'])

def extras_exist():
    known = {k.removesuffix('_requirements').replace('_', '-') for k in settings() if k.endswith('_requirements')}
    for p in sorted((root/'recipes').rglob('*.py')):
        for names in re.findall(r'\brecipes\[([\w,-]+)\]', p.read_text(encoding='utf-8')):
            yield from (f'{p.relative_to(root)}: names the extra {n!r}; those in settings.ini are {", ".join(sorted(known))}' for n in names.split(',') if n not in known)

def exports_agree():
    if bad := export.check(): yield f'not as the notebooks say: {", ".join(bad)}. Change the notebooks and run `make export`'

def import_is_quick():
    code = '''import sys, time
start = time.perf_counter()
import recipes
took = time.perf_counter() - start
assert not {'torch', 'fastai', 'numpy'} & set(sys.modules), 'import recipes loads ' + str({'torch', 'fastai', 'numpy'} & set(sys.modules))
try: recipes.no_such_name
except AttributeError: print(took)
'''
    times = []
    for _ in range(5):
        error,out = run_code(code, root)
        if error or not out: return (yield f'recipes/__init__.py: {error or "a name that does not exist raises no AttributeError"}')
        times.append(float(out))
        if times[-1] < .1: return
    yield f'recipes/__init__.py: `import recipes` takes {min(times):.2f} s, 0.1 s is the limit: import what is slow where it is used'

def package_is_whole():
    "The wheel is built from the source distribution, and every name loads from it"
    with tempfile.TemporaryDirectory() as d:
        copy = Path(d).resolve()/'src'
        copy.mkdir()
        export.copy_to(copy)
        r = subprocess.run([sys.executable, '-m', 'build', '--no-isolation', '--outdir', copy.parent/'dist', copy], capture_output=True, text=True)
        if r.returncode: return (yield f'the package cannot be built:\n{r.stdout[-2000:]}{r.stderr[-2000:]}')
        wheel, = (copy.parent/'dist').glob('*.whl')
        with zipfile.ZipFile(wheel) as z: z.extractall(copy.parent/'wheel')
        def files(f): return {p.relative_to(f).as_posix() for p in (f/'recipes').rglob('*') if p.suffix in ('.py', '.pyi', '.json')}
        if missing := files(copy) - files(copy.parent/'wheel'): yield f'the wheel lacks {", ".join(sorted(missing))}: see packages and package_data in setup.py'
        error,_ = run_code('from pathlib import Path\nimport sys\nimport recipes\nfrom recipes.all import *\nfor o in recipes.__all__: globals()[o]\n'
                           'assert Path(recipes.__file__).is_relative_to(sys.path[1]), recipes.__file__', copy.parent/'wheel')
        if error: yield f'from the wheel, not every name can be loaded:\n{error}'

checks = {f.__name__: f for f in [facts_agree, extras_exist, exports_agree, import_is_quick, *map(on_every_page, page_checks),
                                  sidebar_is_complete, site_is_whole, recipes_run_alone, package_is_whole]}

def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('names', nargs='*', metavar='check', help=f'default: all of {", ".join(checks)}')
    names = p.parse_args().names or list(checks)
    if odd := [n for n in names if n not in checks]: p.error(f'no check is called {", ".join(odd)}')
    failed = 0
    for n in names:
        wrong = list(checks[n]())
        failed += bool(wrong)
        for w in wrong: print(f'{n}: {w}')
    print(f'{len(names) - failed} checks passed, {failed} failed' if failed else f'{len(names)} checks passed')
    return bool(failed)

if __name__ == '__main__': sys.exit(main())
