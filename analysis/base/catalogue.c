#include "base/catalogue.h"

#include <stdint.h>
#include <string.h>

enum { COUNT = 8, ENGLISH_TABLE = 12, TRANSLATED_TABLE = 16, ENTRY_SIZE = 8, TEXT_OFFSET = 4 };

static uint32_t read_word(const struct kg_catalogue *catalogue, size_t offset)
{
	uint32_t word;

	memcpy(&word, catalogue->bytes + offset, sizeof word);
	return word;
}

/* Entry `i` of the table of texts that the header names at `table`. */
static const char *read_text(const struct kg_catalogue *catalogue, size_t table, size_t i)
{
	size_t entry = read_word(catalogue, table) + i * ENTRY_SIZE;

	return (const char *)catalogue->bytes + read_word(catalogue, entry + TEXT_OFFSET);
}

const char *kg_catalogue_find(const struct kg_catalogue *catalogue, const char *english)
{
	size_t low = 0, high = catalogue->bytes ? read_word(catalogue, COUNT) : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(english, read_text(catalogue, ENGLISH_TABLE, middle));

		if (order == 0)
			return read_text(catalogue, TRANSLATED_TABLE, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
