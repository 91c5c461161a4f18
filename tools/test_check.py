"The checks themselves: each is run on this checkout, and each finds the fault it is there for."
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import check, export, run_nbs
from check import Page

@pytest.mark.parametrize('name', check.checks)
def test_checkout(name):
    if wrong := list(check.checks[name]()): pytest.fail('\n'.join(wrong), pytrace=False)

def md(text): return new_markdown_cell(text)
def code(text, *tags, n=None, out=None):
    return new_code_cell(text, execution_count=n, outputs=out or [], metadata={'tags': list(tags)} if tags else {})

kernel = {'kernelspec': dict(name='python3', display_name='python3', language='python')}
def page(*cells, path='page.ipynb', metadata=kernel): return Page(path, new_notebook(cells=list(cells), metadata=metadata))

def tip(recipe=('import math\nmath.pi',), sections=check.sections):
    cells = [md('# Tip\n\n> What it does.')]
    for s in sections: cells += [md(f'## {s}'), *([code(c) for c in recipe] if s == 'The recipe' else [])]
    return page(*cells, path='data/tip.ipynb')

text = lambda s: [new_output('stream', name='stdout', text=s)]

good = [page(md('# Page\n\n> What it is.\n'), code('import math', n=1), code('math.pi', 'nbval-ignore-output', n=2, out=text('3.14')),
             code('#| eval: false\nlaunch()', 'nbval-skip')), tip()]

@pytest.mark.parametrize('f', check.page_checks)
def test_good(f):
    assert not [o for p in good[:1 if f is check.ran_in_order else 2] for o in f(p)]

def twins():
    p = page(code('1'), code('2'))
    p.nb.cells[1].id = p.nb.cells[0].id
    return p

bad = [
    (check.has_title, page(md('# Page without a summary'))),
    (check.has_title, page(code('1'))),
    (check.has_title, page()),
    (check.metadata_is_clean, page(metadata={**kernel, 'celltoolbar': 'Tags'})),
    (check.metadata_is_clean, page(new_code_cell('1', metadata={'collapsed': True}))),
    (check.metadata_is_clean, page(code('1', 'nbval-ignore-outputs'))),
    (check.metadata_is_clean, twins()),
    (check.ran_in_order, page(code('1', n=1), code('2', n=3))),
    (check.ran_in_order, page(code('1'))),
    (check.outputs_are_clean, page(code('1/0', out=[new_output('error', ename='ZeroDivisionError', evalue='', traceback=[])]))),
    (check.outputs_are_clean, page(code('f', out=text('/home/someone/recipes/data')))),
    (check.outputs_are_clean, page(code('f', out=text(f'{run_nbs.root}/nbs')))),
    (check.outputs_are_clean, page(code('f', out=[new_output('display_data', {'text/html': 'C:\\Users\\me'})]))),
    (check.outputs_are_clean, page(code('f', out=text('x.py:3: UserWarning: odd')))),
    (check.is_small, page(md('x'*1_000_000))),
    (check.is_finished, page(code('x = 1 # TO' + 'DO: two'))),
    (check.skips_agree, page(code('#| eval: false\nlaunch()'))),
    (check.skips_agree, page(code('launch()', 'nbval-skip'))),
    (check.imports_stand_alone, page(code('import math\nmath.pi'))),
    (check.imports_stand_alone, page(code('x ='))),
    (check.has_sections, tip(sections=check.sections[:-1])),
    (check.has_sections, tip(sections=check.sections[::-1])),
    (check.has_recipe, tip(recipe=())),
    (check.has_recipe, tip(recipe=('1', '2'))),
    (check.has_recipe, tip(recipe=('1\n'*16,))),
    (check.alone, tip(recipe=('undefined_name',))),
]

@pytest.mark.parametrize('f,page', bad, ids=[f.__name__ for f,_ in bad])
def test_bad(f, page): assert list(f(page))

def test_every_page_check_has_a_bad_page(): assert {*check.page_checks} <= {f for f,_ in bad}

def test_recipe_alone(): assert not list(check.alone(tip()))

def test_paths_that_are_no_paths_of_a_machine():
    assert not list(run_nbs.blemishes(page(code('f', out=text('https://example.org/home/x data/work/x 1/tmp ./opt/a'))).nb))

def test_sidebar():
    contents = ['index.ipynb', dict(section='Data', href='data/index.ipynb', contents=['data/a.ipynb'])]
    paths = ['index.ipynb', 'data/index.ipynb', 'data/a.ipynb']
    assert not list(check.sidebar_differences(contents, paths))
    assert 'no nbs/data/a.ipynb' in next(check.sidebar_differences(contents, paths[:2]))
    assert 'not in the sidebar' in next(check.sidebar_differences(contents[:1], paths[:1] + ['new.ipynb']))
    assert '2 times' in next(check.sidebar_differences(contents[:1]*2, paths[:1]))

@pytest.mark.parametrize('heading,anchor', [('Does it help?', 'does-it-help'), ('`ablate`: *one* call', 'ablate-one-call'), ('Ablation.table', 'ablation.table'),
    ('2. The [recipe](x.html)', 'the-recipe'), ('focal_loss', 'focal_loss'), ('Named {#here}', 'here'), ('A -- B', 'a----b')])
def test_slug(heading, anchor): assert check.slug(heading) == anchor

site = 'https://docs.example.org/recipes'
@pytest.mark.parametrize('link,fault', [('other.ipynb', ''), ('other.html#does-it-help', ''), ('#here', ''), ('#here-1', ''), ('../top.ipynb#deep', ''), (f'{site}/data/other.html', ''),
    ('https://elsewhere.org/x', ''), ('fig.png', ''), ('gone.ipynb', 'no page'), ('top.ipynb', 'no page'), ('#her', 'but #here'), ('other.ipynb#here', 'no heading'), (f'{site}/data/gone.html', 'no page')])
def test_links(link, fault):
    pages = [page(md(f'# One\n\n## Here\n\n## Here\n\nSee [this]({link}), not `[that](nowhere.ipynb)`.\n\n```\n[nor](nowhere.ipynb)\n```'), path='data/one.ipynb'),
             page(md('## Does it help?'), path='data/other.ipynb'), page(code('f', out=[new_output('display_data', {'text/markdown': '### Deep'})]), path='top.ipynb')]
    found = list(check.broken_links(pages, site, {'data/fig.png'}))
    assert len(found) == bool(fault) and fault in ''.join(found)

def test_facts():
    facts = dict(lib_name='a', min_python='3.10', max_python='3.13', git_url='g', doc_url='d', branch='main')
    project = {'name': 'a', 'requires-python': '>=3.10', 'urls': {'Repository': 'g', 'Documentation': 'd'}}
    assert not list(check.fact_differences(facts, project, 'main', ['3.10', '3.13']))
    for k in ('lib_name', 'git_url', 'doc_url', 'branch'): assert len(list(check.fact_differences(facts | {k: 'other'}, project, 'main', ['3.10', '3.13']))) == 1
    for k in ('min_python', 'max_python'): assert list(check.fact_differences(facts | {k: '3.9'}, project, 'main', ['3.10', '3.13']))

def test_stub():
    assert '    FocalLoss as FocalLoss,\n' in export.stub({'losses.focal': ['FocalLoss'], 'tasks': []})
    with pytest.raises(ValueError, match='recipes.a and in recipes.b'): export.stub({'a': ['f'], 'b': ['f']})

def test_readme():
    png = new_output('display_data', {'image/png': 'aGk='})
    body,figs = export.readme(page(md('# T\n\n[a](data/a.ipynb) [b](https://b.org)'), code('#| hide\nsecret'), code('#| echo: false\nplot()', out=[png]), code('import y'), code('x', out=text('5'))).nb)
    assert '[a](nbs/data/a.ipynb) [b](https://b.org)' in body and 'secret' not in body and 'plot' not in body and '```python\nimport y\n\nx\n```\n\n```\n5\n```' in body
    assert figs == {'README_files/0.png': b'hi'} and '](README_files/0.png)' in body

def write(folder, *cells):
    path = Path(folder)/'nb.ipynb'
    run_nbs.nbformat.write(new_notebook(cells=list(cells)), path)
    return path

def test_run_nbs(tmp_path):
    path = write(tmp_path, code('x = object()\nprint("a")\nprint("b")\nx'), new_code_cell('1', metadata={'collapsed': True}), code('boom', 'nbval-skip', out=text('kept')), code(''))
    said,ok = run_nbs.run(path)
    nb = run_nbs.nbformat.read(path, as_version=4)
    assert ok and [c.execution_count for c in nb.cells] == [1, 2, None] and nb.metadata == kernel and nb.cells[1].metadata == {}, said
    assert [run_nbs.texts(o).__next__() for o in nb.cells[0].outputs] == ['a\nb\n', '<object>'] and nb.cells[2].outputs[0].text == 'kept'

def test_run_nbs_keeps_a_notebook_that_fails(tmp_path):
    path = write(tmp_path, code('1', out=text('old')), code('1/0'))
    before = path.read_bytes()
    said,ok = run_nbs.run(path)
    assert not ok and 'ZeroDivisionError' in said and path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1
