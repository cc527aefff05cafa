/* crew: runs blocks of a notebook at the same time, those that others use before those. What comes out, and which error
 * is told, does not depend on the number of threads. */
#ifndef KG_NOTEBOOK_CREW_H
#define KG_NOTEBOOK_CREW_H

#include "notebook/engine.h"

/* Runs the blocks that are `wanted` (one flag a block) with their files, and before them the blocks they use, on
 * `threads` (0 = all cores). Results stay until the engine's arena goes; ends the engine's gnuplot and folder. The
 * first error in the order of what can run together. */
enum kg_status kg_crew_run(struct kg_engine *engine, const bool *wanted, size_t threads,
			   struct kg_error *error) KG_CHECKED;

#endif
