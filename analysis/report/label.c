#include "report/label.h"

#include <string.h>

static const char *const label[][2] = {
#define KG_LABEL(column, english) { column, english },
#include "report/label.def"
#undef KG_LABEL
};

const char *kg_label_find(const char *column, enum kg_language language)
{
	for (size_t i = 0; i < sizeof label / sizeof label[0]; i++)
		if (strcmp(label[i][0], column) == 0)
			return kg_translate(language, label[i][1]);
	return NULL;
}
