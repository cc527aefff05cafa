/* catalogue: a compiled gettext catalogue (.mo) in memory.
 * Source of the format: GNU gettext manual, "The Format of GNU MO Files". */
#ifndef KG_BASE_CATALOGUE_H
#define KG_BASE_CATALOGUE_H

#include <stddef.h>

struct kg_catalogue {
	const unsigned char *bytes; /* NULL: a language without a catalogue */
	size_t size;
};

/* The catalogue of each language, in the order of enum kg_language. Made from po/ by the build. */
extern const struct kg_catalogue kg_catalogues[];

/* The translation, which lives as long as the catalogue; NULL when it has none. */
const char *kg_catalogue_find(const struct kg_catalogue *catalogue, const char *english);

#endif
