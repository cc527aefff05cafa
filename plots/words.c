#include "plots/words.h"

static const char *const text[KG_WORD_COUNT] = {
#define KG_WORD(name, english) [KG_WORD_##name] = english,
#include "plots/words.def"
#undef KG_WORD
};

const char *kg_word(enum kg_word word, enum kg_language language)
{
	return kg_translate(language, text[word]);
}
