"""The settings, one module per concern; every value that differs per installation is an environment variable."""

from .applications import *
from .background import *
from .backoffice import *
from .database import *
from .environment import BASE_DIR as BASE_DIR
from .environment import VAR_DIR as VAR_DIR
from .language import *
from .logging import *
from .mail import *
from .mailchimp import *
from .security import *
from .storage import *
