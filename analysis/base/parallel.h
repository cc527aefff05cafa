/* parallel: the same work on many indices, spread over threads. What `work` writes depends on its index alone, so the
 * result is the same for any number of threads. */
#ifndef KG_BASE_PARALLEL_H
#define KG_BASE_PARALLEL_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* Number of threads for a request (0 = all processors, never more than there is work). */
size_t kg_parallel_threads(size_t asked, size_t work);

/* Which of the threads of kg_parallel_each calls, below kg_parallel_threads: for memory that a thread keeps from one index
 * to the next; what is computed never depends on it. */
size_t kg_parallel_thread(void);

/* Calls work(context, index, scratch, error) for each index below `count`, in chunks over `threads` (0 = all cores).
 * `scratch` is the thread's own arena, rewound after each index. The first error by index wins; others still run. */
enum kg_status kg_parallel_each(size_t count, size_t threads,
				enum kg_status (*work)(void *context, size_t index, struct kg_arena *scratch,
						       struct kg_error *error),
				void *context, struct kg_error *error) KG_CHECKED;

#endif
