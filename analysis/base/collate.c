#include "base/collate.h"

#include <string.h>
#include <unicode/ucol.h>

struct kg_collator {
	UCollator *order; /* NULL: the library has no data, texts are compared by their bytes */
};

static void close_collator(void *order)
{
	ucol_close(order);
}

struct kg_collator *kg_collator_new(enum kg_language language, struct kg_arena *arena)
{
	struct kg_collator *collator = KG_NEW(arena, struct kg_collator);
	UErrorCode code = U_ZERO_ERROR;

	if (!collator)
		return NULL;
	collator->order = ucol_open(kg_language_code(language), &code);
	if (U_FAILURE(code))
		collator->order = NULL;
	else if (!kg_arena_defer(arena, close_collator, collator->order))
		return NULL;
	return collator;
}

int kg_collator_compare(const struct kg_collator *collator, const char *a, const char *b)
{
	UErrorCode code = U_ZERO_ERROR;
	UCollationResult order = UCOL_EQUAL;

	if (collator->order)
		order = ucol_strcollUTF8(collator->order, a, -1, b, -1, &code);
	if (U_SUCCESS(code) && order != UCOL_EQUAL)
		return order == UCOL_LESS ? -1 : 1;
	return strcmp(a, b);
}
