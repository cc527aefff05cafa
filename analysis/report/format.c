#include "report/write.h"

#include <string.h>

#define KG_FORMAT(name) extern const struct kg_format kg_format_##name;
#include "report/formats.def"
#undef KG_FORMAT

static const struct kg_format *const all[] = {
#define KG_FORMAT(name) &kg_format_##name,
#include "report/formats.def"
#undef KG_FORMAT
	NULL
};

const struct kg_format *const *kg_format_all(size_t *count)
{
	*count = sizeof all / sizeof all[0] - 1;
	return all;
}

const struct kg_format *kg_format_find(const char *id)
{
	for (size_t i = 0; all[i]; i++)
		if (strcmp(all[i]->id, id) == 0)
			return all[i];
	return NULL;
}
