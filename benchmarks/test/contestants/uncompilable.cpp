#include "no_such_header_anywhere.hpp"
