/* whence_tell: what made a block's result: its commands, how many rows they read and used, its data and parameters, and
 * those of the blocks above it. The rows are those of the data as it is now: the commands are run in memory. */
#ifndef KG_NOTEBOOK_WHENCE_TELL_H
#define KG_NOTEBOOK_WHENCE_TELL_H

#include "notebook/engine.h"
#include "notebook/value.h"

/* A notebook that is asked. */
struct kg_whence {
	const struct kg_book *book;
	const struct kg_stamp *stamp;
	struct kg_engine *engine;
	struct kg_buffer *report;
	bool *told; /* by block: what made it is in the report already */
};

/* Whether the block's result is up to date, and all that made it; `value`: its row too (NULL = none). A block that
 * cannot be run is told without rows. */
void kg_whence_tell(const struct kg_whence *whence, size_t block, const struct kg_value *value);

#endif
