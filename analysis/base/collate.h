/* collate: the alphabetical order of a language. Vietnamese: a ă â ... d đ e ê, tone marks after letters. */
#ifndef KG_BASE_COLLATE_H
#define KG_BASE_COLLATE_H

#include "base/message.h"

struct kg_collator;

/* Lives as long as the arena; NULL when memory is out. */
struct kg_collator *kg_collator_new(enum kg_language language, struct kg_arena *arena);

/* Below, at or above zero as `a` stands before, with or behind `b`; equal only for the same bytes, so that an order is
 * never left to chance. One thread at a time per collator. */
int kg_collator_compare(const struct kg_collator *collator, const char *a, const char *b);

#endif
