/* text: UTF-8 strings. Inputs are borrowed; nothing is allocated unless an arena is passed. */
#ifndef KG_BASE_TEXT_H
#define KG_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* A list of names: of columns, of methods, of words. Borrowed. */
struct kg_names {
	const char *const *name;
	size_t count;
};

/* Offset of the first byte that is no valid UTF-8 (or a NUL), `length` when all is valid. */
size_t kg_text_invalid_at(const char *text, size_t length);

/* Columns a terminal needs for the text (wide and combining characters counted as displayed). */
size_t kg_text_width(const char *text);

/* The candidate nearest to `word` by edit distance, ignoring case, at most a third of its letters away (at least 1);
 * NULL when none is near. Used for "did you mean". */
const char *kg_text_nearest(const char *word, const char *const *candidate, size_t count);

/* Number of parts of a list such as "a, b,c" (an empty text has none); parts are trimmed copies in the arena.
 * NULL in `*part` when memory is out. */
size_t kg_text_split(const char *list, char separator, struct kg_arena *arena, const char *const **part);

/* 64-bit FNV-1a of bytes, chained through `seed` (start with KG_HASH_START). For tables in memory, not for security. */
#define KG_HASH_START UINT64_C(14695981039346656037)
uint64_t kg_hash(const void *bytes, size_t length, uint64_t seed);

/* ASCII slug: lower case letters, digits and single hyphens; Vietnamese letters lose their marks, đ becomes d. */
char *kg_text_slug(const char *text, struct kg_arena *arena);

/* The text as it stands within a sentence: its first letter small, unless a second capital follows ("GDP"). A copy in
 * the arena; NULL when memory is out. */
const char *kg_text_within(const char *text, struct kg_arena *arena);

/* True when both are the same text; NULL equals only NULL. */
bool kg_text_equal(const char *a, const char *b);

#endif
