#include "program.h"

#include <string.h>

#define KG_PROGRAM(name) extern const struct kg_program kg_program_##name;
#include "programs.def"
#undef KG_PROGRAM

static const struct kg_program *const all[] = {
#define KG_PROGRAM(name) &kg_program_##name,
#include "programs.def"
#undef KG_PROGRAM
	NULL
};

const struct kg_program *const *kg_program_all(size_t *count)
{
	*count = sizeof all / sizeof all[0] - 1;
	return all;
}

const struct kg_program *kg_program_find(const char *name)
{
	for (size_t i = 0; all[i]; i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}
