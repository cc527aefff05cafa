#include "stats/stat.h"

#include <Rmath.h>
#include <string.h>

#define KG_STAT(name) extern const struct kg_stat kg_stat_##name;
#include "stats/stats.def"
#undef KG_STAT

static const struct kg_stat *const all[] = {
#define KG_STAT(name) &kg_stat_##name,
#include "stats/stats.def"
#undef KG_STAT
	NULL
};

const struct kg_stat *const *kg_stat_all(size_t *count)
{
	*count = sizeof all / sizeof all[0] - 1;
	return all;
}

const struct kg_stat *kg_stat_find(const char *program, const char *id)
{
	for (size_t i = 0; all[i]; i++)
		if (strcmp(all[i]->program, program) == 0 && strcmp(all[i]->id, id) == 0)
			return all[i];
	return NULL;
}

size_t kg_stat_ids(const char *program, const char **ids, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; all[i]; i++) {
		if (strcmp(all[i]->program, program) != 0)
			continue;
		if (count < room)
			ids[count] = all[i]->id;
		count++;
	}
	return count;
}

const char *kg_stat_library(void)
{
	return R_VERSION_STRING;
}
