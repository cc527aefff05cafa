#include <math.h>
#include <string.h>

#include "table/formula_tree.h"

static long double keep_value(long double value)
{
	return value;
}

static const struct kg_function functions[] = {
	{ "I", keep_value, -INFINITY, false, NULL },
	{ "exp", expl, -INFINITY, false, NULL },
	{ "log", logl, 0, true, "a positive value" },
	{ "log10", log10l, 0, true, "a positive value" },
	{ "log1p", log1pl, -1, true, "a value above -1" },
	{ "log2", log2l, 0, true, "a positive value" },
	{ "sqrt", sqrtl, 0, false, "a value of zero or more" },
};

const struct kg_function *kg_function_find(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (strlen(functions[i].name) == length && memcmp(functions[i].name, name, length) == 0)
			return &functions[i];
	return NULL;
}

const char *kg_function_list(void)
{
	return "I, exp, factor, log, log10, log1p, log2, sqrt";
}
