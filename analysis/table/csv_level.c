#include "table/csv_level.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define SLOTS_FIRST 64

static bool grow_slots(struct kg_levels *levels)
{
	size_t nslot = levels->nslot ? levels->nslot * 2 : SLOTS_FIRST;
	uint32_t *slot = calloc(nslot, sizeof *slot);

	if (!slot)
		return false;
	for (size_t i = 0; i < levels->count; i++) {
		size_t at = levels->hash[i] & (nslot - 1);

		while (slot[at])
			at = (at + 1) & (nslot - 1);
		slot[at] = (uint32_t)i + 1;
	}
	free(levels->slot);
	levels->slot = slot;
	levels->nslot = nslot;
	return true;
}

static bool grow_levels(struct kg_levels *levels)
{
	size_t room = levels->room ? levels->room * 2 : SLOTS_FIRST / 2;
	const char **text = realloc(levels->text, room * sizeof *text);
	uint32_t *length, *hash;

	levels->text = text ? text : levels->text;
	length = realloc(levels->length, room * sizeof *length);
	levels->length = length ? length : levels->length;
	hash = realloc(levels->hash, room * sizeof *hash);
	levels->hash = hash ? hash : levels->hash;
	if (!text || !length || !hash)
		return false;
	levels->room = room;
	return true;
}

static uint32_t add_level(struct kg_levels *levels, size_t slot, const char *text, size_t length)
{
	size_t code = levels->count;

	if (code == KG_LEVEL_NONE - 1 || (code == levels->room && !grow_levels(levels)))
		return KG_LEVEL_NONE;
	levels->text[code] = levels->arena ? kg_arena_text_n(levels->arena, text, length) : text;
	if (!levels->text[code])
		return KG_LEVEL_NONE;
	levels->length[code] = (uint32_t)length;
	levels->slot[slot] = (uint32_t)++levels->count;
	return (uint32_t)code;
}

uint32_t kg_levels_code(struct kg_levels *levels, const char *text, size_t length)
{
	uint64_t wide = kg_hash(text, length, KG_HASH_START);
	uint32_t hash = (uint32_t)(wide ^ wide >> 32), code;
	size_t at;

	if (levels->count * 2 >= levels->nslot && !grow_slots(levels))
		return KG_LEVEL_NONE;
	for (at = hash & (levels->nslot - 1); levels->slot[at]; at = (at + 1) & (levels->nslot - 1)) {
		code = levels->slot[at] - 1;
		if (levels->hash[code] == hash && levels->length[code] == length &&
		    memcmp(levels->text[code], text, length) == 0)
			return code;
	}
	code = add_level(levels, at, text, length);
	if (code != KG_LEVEL_NONE)
		levels->hash[code] = hash;
	return code;
}

void kg_levels_clear(struct kg_levels *levels)
{
	if (levels->slot)
		memset(levels->slot, 0, levels->nslot * sizeof *levels->slot);
	levels->count = 0;
}

void kg_levels_free(struct kg_levels *levels)
{
	free(levels->text);
	free(levels->length);
	free(levels->hash);
	free(levels->slot);
	*levels = (struct kg_levels){ .arena = levels->arena };
}
