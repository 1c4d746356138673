"""`python3 all.py FOLDER [NAME…]` writes every model's (or the named models') states and stamps."""
import importlib
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
names = sys.argv[2:] or sorted(f[:-4] for f in os.listdir(here) if f.endswith(".snn"))
for name in names:
    importlib.import_module(name).simulate().write(sys.argv[1])
