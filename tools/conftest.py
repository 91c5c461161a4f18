"For all tests: kernels see this checkout and no earlier results; slow notebooks are named; the tests leave the checkout as it was."
import hashlib, os, subprocess, tempfile
from collections import Counter

import pytest

from run_nbs import environment, root

limit = 60 # seconds a notebook may take

def snapshot():
    "Hash of every file that git tracks or would"
    r = subprocess.run(['git', 'ls-files', '-z', '-co', '--exclude-standard'], cwd=root, capture_output=True, text=True)
    files = [root/o for o in r.stdout.split('\0') if o]
    return {str(p.relative_to(root)): hashlib.sha1(p.read_bytes()).hexdigest() for p in files if p.is_file()}

def is_worker(config): return hasattr(config, 'workerinput')

def pytest_configure(config):
    if is_worker(config): return
    config.scratch = tempfile.TemporaryDirectory()
    os.environ.update(environment(config.scratch.name))
    config.before = snapshot()

def pytest_unconfigure(config):
    if not is_worker(config): config.scratch.cleanup()

@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session):
    "A file that changed is a failed test, before the summary is written"
    if not is_worker(session.config):
        before,after = session.config.before,snapshot()
        if changed := sorted(k for k in before | after if before.get(k) != after.get(k)):
            terminal = session.config.pluginmanager.get_plugin('terminalreporter')
            why = f'the tests changed files of the checkout: {", ".join(changed)}'
            report = pytest.TestReport('the checkout', ('', None, 'the checkout'), {}, 'failed', why, 'teardown')
            terminal.stats.setdefault('failed', []).append(report)
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
    return (yield)

def pytest_terminal_summary(terminalreporter):
    took = Counter()
    for r in (r for rs in terminalreporter.stats.values() for r in rs if hasattr(r, 'duration')):
        if (file := r.nodeid.split('::')[0]).endswith('.ipynb'): took[file] += r.duration
    if took: terminalreporter.write_sep('=', 'seconds a notebook')
    for nb,s in took.most_common(): terminalreporter.write_line(f'{s:6.1f} {nb}' + (f'   more than the {limit} s a page may take' if s > limit else ''), yellow=s > limit)
