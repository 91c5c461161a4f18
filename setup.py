"Builds the package from the facts in settings.ini."
import re
from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

root = Path(__file__).parent
config = ConfigParser()
config.read(root/'settings.ini', encoding='utf-8')
facts = config['DEFAULT']

def lines(key): return [l for l in facts[key].splitlines() if l]

first,last = (int(facts[k].split('.')[1]) for k in ('min_python', 'max_python'))
readme = root/'README.md'

setup(
    name=facts['lib_name'],
    version=re.search(r'^__version__ = "(.+)"$', (root/'recipes/__init__.py').read_text(encoding='utf-8'), re.MULTILINE)[1],
    description=facts['description'],
    long_description=readme.read_text(encoding='utf-8') if readme.exists() else facts['description'],
    long_description_content_type='text/markdown',
    author=facts['author'],
    author_email=facts['author_email'],
    license=facts['license'],
    keywords=facts['keywords'].split(),
    classifiers=['Intended Audience :: Developers', 'Intended Audience :: Science/Research', 'Topic :: Scientific/Engineering :: Artificial Intelligence',
                 *(f'Programming Language :: Python :: 3.{v}' for v in range(first, last + 1))],
    packages=find_packages(include=['recipes', 'recipes.*']),
    package_data={'recipes': ['*.pyi', '*.json']},
    python_requires=f'>={facts["min_python"]}',
    install_requires=lines('requirements'),
    extras_require={k.removesuffix('_requirements').replace('_', '-'): lines(k) for k in facts if k.endswith('_requirements')},
    entry_points={'console_scripts': ['recipes=recipes.cli:main'], 'nbdev': ['recipes=recipes._modidx:d']},
    zip_safe=False,
)
