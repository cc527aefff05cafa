/* csv_level: the distinct texts of a column and their codes, in order of first appearance. */
#ifndef KG_TABLE_CSV_LEVEL_H
#define KG_TABLE_CSV_LEVEL_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Texts are copied to `arena`, or borrowed when it is NULL; the tables are the struct's own: kg_levels_free.
 * All but `arena` is zero to start with. */
struct kg_levels {
	struct kg_arena *arena;
	const char **text; /* NUL-terminated when copied */
	uint32_t *length, *hash, *slot;
	size_t count, room, nslot;
};

/* No more codes than this; also what is returned when memory is out. */
#define KG_LEVEL_NONE UINT32_MAX

/* Code of a text, new or known. KG_LEVEL_NONE: memory is out. */
uint32_t kg_levels_code(struct kg_levels *levels, const char *text, size_t length);

/* Forgets all texts (which stay in the arena), keeps the tables. */
void kg_levels_clear(struct kg_levels *levels);

void kg_levels_free(struct kg_levels *levels);

#endif
