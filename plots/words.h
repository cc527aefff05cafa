/* words: what figures say by themselves, in the reader's language. */
#ifndef KG_PLOTS_WORDS_H
#define KG_PLOTS_WORDS_H

#include "base/message.h"

enum kg_word {
#define KG_WORD(name, english) KG_WORD_##name,
#include "plots/words.def"
#undef KG_WORD
	KG_WORD_COUNT
};

const char *kg_word(enum kg_word word, enum kg_language language);

#endif
