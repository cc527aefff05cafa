/* arena: memory that is freed as a whole.
 * Ownership: everything returned lives until the arena is rewound past it or freed. One thread at a time per arena. */
#ifndef KG_BASE_ARENA_H
#define KG_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct kg_arena;
struct kg_arena_mark {
	size_t block, used; /* serial number of a block, 0 = none yet; bytes used in it */
	void *deferred;
};

/* New empty arena that hands out at most `budget` bytes (0 = no limit). NULL when memory is out. */
struct kg_arena *kg_arena_new(size_t budget);

/* Frees all and runs what was deferred, last first. NULL is allowed. */
void kg_arena_free(struct kg_arena *arena);

/* `size` bytes set to zero, aligned for any type. NULL when memory or budget is out; the arena then counts as failed.
 */
void *kg_arena_alloc(struct kg_arena *arena, size_t size) __attribute__((malloc, alloc_size(2)));

/* `count` elements of `size` bytes, zeroed; NULL also when the product overflows. */
void *kg_arena_array(struct kg_arena *arena, size_t count, size_t size);
#define KG_NEW(arena, type) ((type *)kg_arena_alloc((arena), sizeof(type)))
#define KG_ARRAY(arena, type, count) ((type *)kg_arena_array((arena), (count), sizeof(type)))

/* A larger copy of `old` (which stays where it is); in place when `old` was the last thing handed out. The bytes beyond
 * `old_size` are not set. */
void *kg_arena_grow(struct kg_arena *arena, void *old, size_t old_size, size_t new_size);

/* Copies of a text; `length` bytes and a NUL. `kg_arena_format` is printf into the arena. */
char *kg_arena_text(struct kg_arena *arena, const char *text);
char *kg_arena_text_n(struct kg_arena *arena, const char *text, size_t length);
char *kg_arena_format(struct kg_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Remember a point, and give back everything handed out since; deferred calls since are run. */
struct kg_arena_mark kg_arena_mark(const struct kg_arena *arena);
void kg_arena_rewind(struct kg_arena *arena, struct kg_arena_mark mark);

/* Calls `release(object)` when the arena is freed or rewound past this point. False when memory is out
 * (`release` has then been called). */
bool kg_arena_defer(struct kg_arena *arena, void (*release)(void *object), void *object);

/* True once an allocation failed: kernels may then return nothing, and their driver reports KG_ENOMEM. */
bool kg_arena_failed(const struct kg_arena *arena);

/* Bytes handed out now. */
size_t kg_arena_used(const struct kg_arena *arena);

#endif
