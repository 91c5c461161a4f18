"Every public name, loaded now: `from recipes.all import *`"
from recipes import *
from recipes import __all__
