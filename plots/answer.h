/* answer: what gnuplot says when it has run a script, on its two streams. */
#ifndef KG_PLOTS_ANSWER_H
#define KG_PLOTS_ANSWER_H

#include "base/error.h"

/* An answer is one short line; complaints are cut here. */
#define KG_ANSWER_MOST 1024

struct kg_answer {
	char text[KG_ANSWER_MOST];
	size_t length;
};

enum kg_outcome { KG_ANSWERED, KG_COMPLAINED, KG_DIED, KG_TOO_LATE };

/* Reads standard output and error (`stream`) until the line "end" has come, the process has ended or `wait_ms` are
 * over. Both texts start empty. */
enum kg_outcome kg_answer_wait(const int stream[2], int wait_ms, struct kg_answer *answer, struct kg_answer *complaint);

/* KG_EIO with the complaint as one line: gnuplot shows the command and a caret before what it says. */
enum kg_status kg_answer_complaint(struct kg_answer *complaint, struct kg_error *error);

#endif
