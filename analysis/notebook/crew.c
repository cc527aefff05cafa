#include "notebook/crew.h"

#include "base/parallel.h"

struct crew {
	const struct kg_engine *engine;
	const bool *wanted;
	size_t *level;		  /* by block: 0 = is not run, else one more than the blocks it uses */
	size_t now;		  /* the level that is run */
	struct kg_engine *member; /* the engine with an arena, a folder and a gnuplot of its own */
	size_t nmember, next;	  /* next: block that nobody has taken yet */
	struct kg_error *failure; /* by block */
};

static void release_arena(void *arena)
{
	kg_arena_free(arena);
}

/* Blocks that a wanted block uses are run too; uses lead upwards only. Returns the highest level. */
static size_t find_levels(struct crew *crew)
{
	const struct kg_book *book = crew->engine->book;
	size_t highest = 0;

	for (size_t i = book->nblock; i-- > 0;) {
		crew->level[i] |= crew->wanted[i];
		for (size_t k = 0; crew->level[i] && k < crew->engine->stamp[i].nupstream; k++)
			crew->level[crew->engine->stamp[i].upstream[k]] = 1;
	}
	for (size_t i = 0; i < book->nblock; i++) {
		const struct kg_stamp *stamp = &crew->engine->stamp[i];

		for (size_t k = 0; crew->level[i] && k < stamp->nupstream; k++)
			if (crew->level[stamp->upstream[k]] >= crew->level[i])
				crew->level[i] = crew->level[stamp->upstream[k]] + 1;
		highest = crew->level[i] > highest ? crew->level[i] : highest;
	}
	return highest;
}

/* One member takes blocks of the level until none is left; a failure is kept by block. */
static enum kg_status work(void *context, size_t index, struct kg_arena *scratch, struct kg_error *error)
{
	struct crew *crew = context;
	size_t block, count = crew->engine->book->nblock;

	(void)scratch, (void)error;
	while ((block = __atomic_fetch_add(&crew->next, 1, __ATOMIC_RELAXED)) < count)
		if (crew->level[block] == crew->now)
			crew->failure[block].status =
			    kg_engine_block(&crew->member[index], block, crew->wanted[block], &crew->failure[block]);
	return KG_OK;
}

static enum kg_status run_level(struct crew *crew, struct kg_error *error)
{
	crew->next = 0;
	KG_TRY(kg_parallel_each(crew->nmember, crew->nmember, work, crew, error));
	for (size_t i = 0; i < crew->engine->book->nblock; i++)
		if (crew->failure[i].status != KG_OK) {
			*error = crew->failure[i];
			return error->status;
		}
	return KG_OK;
}

/* The first member works in the engine's own arena, the others in arenas that go with it. */
static enum kg_status hire(struct crew *crew, struct kg_engine *engine, struct kg_error *error)
{
	struct kg_arena *arena = engine->arena;
	size_t count = engine->book->nblock;

	crew->member = KG_ARRAY(arena, struct kg_engine, crew->nmember);
	crew->level = KG_ARRAY(arena, size_t, count + 1);
	crew->failure = KG_ARRAY(arena, struct kg_error, count + 1);
	if (!crew->member || !crew->level || !crew->failure)
		return kg_error_memory(error);
	for (size_t i = 0; i < crew->nmember; i++) {
		crew->member[i] = *engine;
		if (!i)
			continue;
		crew->member[i].gnuplot = NULL;
		crew->member[i].lent = false;
		crew->member[i].arena = kg_arena_new(0);
		if (!crew->member[i].arena || !kg_arena_defer(arena, release_arena, crew->member[i].arena))
			return kg_error_memory(error);
	}
	return KG_OK;
}

enum kg_status kg_crew_run(struct kg_engine *engine, const bool *wanted, size_t threads, struct kg_error *error)
{
	struct crew crew = { .engine = engine,
			     .wanted = wanted,
			     .nmember = kg_parallel_threads(threads, engine->book->nblock) };
	enum kg_status status = KG_OK;
	size_t highest;

	KG_TRY(hire(&crew, engine, error));
	highest = find_levels(&crew);
	for (crew.now = 1; status == KG_OK && crew.now <= highest; crew.now++)
		status = run_level(&crew, error);
	for (size_t i = 0; i < crew.nmember; i++) {
		enum kg_status ended = kg_engine_end(&crew.member[i], status == KG_OK ? error : NULL);

		status = status == KG_OK ? ended : status;
	}
	return status;
}
