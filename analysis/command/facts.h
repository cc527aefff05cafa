/* facts: gathers what must be known to get a command's result again. */
#ifndef KG_COMMAND_FACTS_H
#define KG_COMMAND_FACTS_H

#include "command/input.h"
#include "report/facts.h"

/* True when the command's output says these facts: JSON. */
bool kg_facts_wanted(const struct kg_command *command);

/* The facts of a command whose inputs were read. Files are read again for their digest. KG_EIO: one is gone. */
enum kg_status kg_facts_gather(const struct kg_command *command, const struct kg_session *session,
			       const struct kg_inputs *inputs, struct kg_arena *arena, const struct kg_facts **facts,
			       struct kg_error *error) KG_CHECKED;

#endif
