/* front: the front matter of a notebook, a small strict part of YAML: `key: scalar`, and maps of scalars either as
 * {a: b, c: "d"} on one line or as indented lines. Texts live in the arena. */
#ifndef KG_NOTEBOOK_FRONT_H
#define KG_NOTEBOOK_FRONT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

struct kg_front_entry {
	const char *map; /* "params" for an entry of that map, "" for a key of its own */
	const char *name, *value;
	size_t line;	   /* of the file, first = 1 */
	size_t start, end; /* bytes of the value in the file, quotes included */
};

struct kg_front {
	size_t length; /* bytes up to and with the closing line; 0 = there is none */
	size_t lines;
	const struct kg_front_entry *entry;
	size_t count;
};

/* KG_EDATA: not in this part of YAML, a key given twice, not closed; names file and line. */
enum kg_status kg_front_read(const char *path, const char *text, struct kg_arena *arena, struct kg_front *front,
			     struct kg_error *error) KG_CHECKED;

/* The entry, or NULL. `map` "" for a key of its own. */
const struct kg_front_entry *kg_front_find(const struct kg_front *front, const char *map, const char *name);

/* Value of a key of its own, or `otherwise`. */
const char *kg_front_text(const struct kg_front *front, const char *name, const char *otherwise);

#endif
