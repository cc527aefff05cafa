#include "base/parallel.h"

#include <omp.h>
#include <stdint.h>

size_t kg_parallel_threads(size_t asked, size_t work)
{
	size_t threads = asked ? asked : (size_t)omp_get_num_procs();

	if (threads > work)
		threads = work;
	return threads ? threads : 1;
}

size_t kg_parallel_thread(void)
{
	return (size_t)omp_get_thread_num();
}

struct first_error {
	size_t index;
	struct kg_error error;
	omp_lock_t lock;
};

static void keep_first(struct first_error *first, size_t index, const struct kg_error *error)
{
	omp_set_lock(&first->lock);
	if (index < first->index) {
		first->index = index;
		first->error = *error;
	}
	omp_unset_lock(&first->lock);
}

enum kg_status kg_parallel_each(size_t count, size_t threads,
				enum kg_status (*work)(void *context, size_t index, struct kg_arena *scratch,
						       struct kg_error *error),
				void *context, struct kg_error *error)
{
	struct first_error first = { .index = SIZE_MAX };

	threads = kg_parallel_threads(threads, count);
	omp_init_lock(&first.lock);
#pragma omp parallel num_threads((int)threads) if (threads > 1)
	{
		struct kg_arena *scratch = kg_arena_new(0);

#pragma omp for schedule(dynamic)
		for (size_t i = 0; i < count; i++) {
			struct kg_error own = { KG_OK, 0, "", "", "" };
			struct kg_arena_mark mark;
			enum kg_status status;

			if (!scratch) {
				kg_error_memory(&own);
				keep_first(&first, i, &own);
				continue;
			}
			mark = kg_arena_mark(scratch);
			status = work(context, i, scratch, &own);
			if (status == KG_OK && kg_arena_failed(scratch))
				status = kg_error_memory(&own);
			if (status != KG_OK)
				keep_first(&first, i, &own);
			kg_arena_rewind(scratch, mark);
		}
		kg_arena_free(scratch);
	}
	omp_destroy_lock(&first.lock);
	if (first.index == SIZE_MAX)
		return KG_OK;
	if (error)
		*error = first.error;
	return first.error.status;
}
