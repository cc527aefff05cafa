/* common: the options that every program has, in one table of rows. */
#ifndef KG_COMMAND_COMMON_H
#define KG_COMMAND_COMMON_H

#include "command/command.h"
#include "command/option.h"

struct kg_option_set kg_common_options(struct kg_common *values, const char *program);

#endif
