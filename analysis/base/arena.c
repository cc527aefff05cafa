#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* First block; later ones double, so that small runs stay small, and then are of the largest size, so that large ones
 * make few calls and page faults. */
#define BLOCK_FIRST ((size_t)1 << 14)
#define BLOCK_SMALL_LARGEST ((size_t)1 << 18)
#define BLOCK_LARGEST (HUGE_PAGE - sizeof(struct block))
/* Blocks of the largest size and above use pages of this size where the system has them: far fewer page faults. */
#define HUGE_PAGE ((size_t)1 << 21)
#define ALIGNMENT alignof(max_align_t)

struct block {
	struct block *previous;
	size_t size, used, serial;
	alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
	struct deferred *previous;
	void (*release)(void *object);
	void *object;
};

struct kg_arena {
	struct block *last;
	struct deferred *deferred;
	size_t budget, total;
	bool failed;
};

struct kg_arena *kg_arena_new(size_t budget)
{
	struct kg_arena *arena = calloc(1, sizeof *arena);

	if (arena)
		arena->budget = budget;
	return arena;
}

/* Room for `size` bytes and the block's own fields, of which the old block's are kept; NULL when memory is out. */
static struct block *make_block(struct block *old, size_t size)
{
	struct block *block = NULL;
	void *fresh;
	uintptr_t start, end;

	if (size > SIZE_MAX - sizeof *block)
		return NULL;
	if (size < BLOCK_LARGEST)
		return malloc(sizeof *block + size);
	if (old)
		block = realloc(old, sizeof *block + size);
	else if (posix_memalign(&fresh, HUGE_PAGE, sizeof *block + size) == 0)
		block = fresh;
	if (!block)
		return NULL;
	start = ((uintptr_t)block + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
	end = ((uintptr_t)block + sizeof *block + size) / HUGE_PAGE * HUGE_PAGE;
	if (start < end)
		madvise((void *)start, end - start, MADV_HUGEPAGE); /* nothing is lost where it is not followed */
	return block;
}

static bool add_block(struct kg_arena *arena, size_t least)
{
	size_t size = arena->last ? arena->last->size * 2 : BLOCK_FIRST;
	struct block *block;

	if (size > BLOCK_SMALL_LARGEST)
		size = BLOCK_LARGEST;
	if (size < least)
		size = least;
	block = make_block(NULL, size);
	if (!block)
		return false;
	block->previous = arena->last;
	block->size = size;
	block->used = 0;
	block->serial = block->previous ? block->previous->serial + 1 : 1;
	arena->last = block;
	return true;
}

/* `size` bytes as they are. */
static void *hand_out(struct kg_arena *arena, size_t size)
{
	size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	void *result;

	if (rounded < size || (arena->budget && rounded > arena->budget - arena->total)) {
		arena->failed = true;
		return NULL;
	}
	if (!arena->last || arena->last->size - arena->last->used < rounded) {
		if (!add_block(arena, rounded)) {
			arena->failed = true;
			return NULL;
		}
	}
	result = arena->last->bytes + arena->last->used;
	arena->last->used += rounded;
	arena->total += rounded;
	return result;
}

void *kg_arena_alloc(struct kg_arena *arena, size_t size)
{
	void *result = hand_out(arena, size);

	return result ? memset(result, 0, size) : NULL;
}

void *kg_arena_array(struct kg_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size) {
		arena->failed = true;
		return NULL;
	}
	return kg_arena_alloc(arena, count * size);
}

/* Makes the last block, which holds one thing alone, as large as that thing is to become; the block may move. */
static bool widen_block(struct kg_arena *arena, size_t size)
{
	struct block *wider = make_block(arena->last, size);

	if (!wider)
		return false;
	wider->size = size;
	arena->last = wider;
	return true;
}

/* True when the `held` bytes at `thing` are the last handed out and the last block has, or could be given, room for
 * `more`. */
static bool can_extend(struct kg_arena *arena, const void *thing, size_t held, size_t more)
{
	const struct block *last = arena->last;

	if (!thing || !last || (const unsigned char *)thing + held != last->bytes + last->used ||
	    (arena->budget && more > arena->budget - arena->total))
		return false;
	if (last->size - last->used >= more)
		return true;
	return thing == last->bytes && held + more > BLOCK_LARGEST && widen_block(arena, held + more);
}

void *kg_arena_grow(struct kg_arena *arena, void *old, size_t old_size, size_t new_size)
{
	size_t held = (old_size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	size_t wanted = (new_size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	void *result;

	if (wanted >= new_size && wanted >= held && can_extend(arena, old, held, wanted - held)) {
		unsigned char *start = arena->last->bytes + arena->last->used - held;

		arena->last->used += wanted - held;
		arena->total += wanted - held;
		return start;
	}
	result = hand_out(arena, new_size);
	if (result && old && old_size)
		memcpy(result, old, old_size < new_size ? old_size : new_size);
	return result;
}

char *kg_arena_text_n(struct kg_arena *arena, const char *text, size_t length)
{
	char *copy = kg_arena_alloc(arena, length + 1);

	if (copy && length)
		memcpy(copy, text, length);
	return copy;
}

char *kg_arena_text(struct kg_arena *arena, const char *text)
{
	return text ? kg_arena_text_n(arena, text, strlen(text)) : NULL;
}

char *kg_arena_format(struct kg_arena *arena, const char *format, ...)
{
	va_list list, again;
	char *text = NULL;
	int length;

	va_start(list, format);
	va_copy(again, list);
	length = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (length >= 0)
		text = kg_arena_alloc(arena, (size_t)length + 1);
	if (text)
		vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

struct kg_arena_mark kg_arena_mark(const struct kg_arena *arena)
{
	return (struct kg_arena_mark){ arena->last ? arena->last->serial : 0, arena->last ? arena->last->used : 0,
				       arena->deferred };
}

void kg_arena_rewind(struct kg_arena *arena, struct kg_arena_mark mark)
{
	while (arena->deferred && arena->deferred != mark.deferred) {
		struct deferred *deferred = arena->deferred;

		arena->deferred = deferred->previous;
		deferred->release(deferred->object);
		free(deferred);
	}
	while (arena->last && arena->last->serial > mark.block) {
		struct block *block = arena->last;

		arena->last = block->previous;
		arena->total -= block->used;
		free(block);
	}
	if (arena->last) {
		arena->total -= arena->last->used - mark.used;
		arena->last->used = mark.used;
	}
}

void kg_arena_free(struct kg_arena *arena)
{
	if (!arena)
		return;
	kg_arena_rewind(arena, (struct kg_arena_mark){ 0, 0, NULL });
	free(arena);
}

bool kg_arena_defer(struct kg_arena *arena, void (*release)(void *object), void *object)
{
	struct deferred *deferred = malloc(sizeof *deferred);

	if (!deferred) {
		release(object);
		arena->failed = true;
		return false;
	}
	*deferred = (struct deferred){ arena->deferred, release, object };
	arena->deferred = deferred;
	return true;
}

bool kg_arena_failed(const struct kg_arena *arena)
{
	return arena->failed;
}

size_t kg_arena_used(const struct kg_arena *arena)
{
	return arena->total;
}
