#include "plots/answer.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads what there is; false at the end of the stream. What does not fit is dropped. */
static bool read_some(int descriptor, struct kg_answer *answer)
{
	char piece[KG_ANSWER_MOST];
	ssize_t got = read(descriptor, piece, sizeof piece);
	size_t room = sizeof answer->text - 1 - answer->length, kept;

	if (got <= 0)
		return got < 0 && errno == EINTR;
	kept = (size_t)got < room ? (size_t)got : room;
	memcpy(answer->text + answer->length, piece, kept);
	answer->length += kept;
	return true;
}

/* The answer ends with this line, whatever happened before. */
#define ANSWER_END "end\n"

static bool is_whole(const struct kg_answer *answer)
{
	size_t end = strlen(ANSWER_END);

	return answer->length >= end && strcmp(answer->text + answer->length - end, ANSWER_END) == 0;
}

enum kg_outcome kg_answer_wait(const int stream[2], int wait_ms, struct kg_answer *answer, struct kg_answer *complaint)
{
	long deadline = now_ms() + wait_ms;
	struct pollfd wait[] = { { stream[0], POLLIN, 0 }, { stream[1], POLLIN, 0 } };

	for (;;) {
		long left = deadline - now_ms();
		int ready = left > 0 ? poll(wait, 2, (int)left) : 0;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return KG_TOO_LATE;
		if (wait[1].revents && !read_some(stream[1], complaint))
			return complaint->length ? KG_COMPLAINED : KG_DIED;
		if (wait[0].revents && !read_some(stream[0], answer))
			wait[0].fd = -1; /* what it complained about comes by the other stream */
		if (is_whole(answer))
			return complaint->length ? KG_COMPLAINED : KG_ANSWERED;
	}
}

enum kg_status kg_answer_complaint(struct kg_answer *complaint, struct kg_error *error)
{
	char *text = complaint->text, *last = NULL;

	for (char *line = strtok_r(text, "\n", &text); line; line = strtok_r(NULL, "\n", &text))
		if (line[strspn(line, " \t^")])
			last = line;
	return kg_error_set(error, KG_EIO, "gnuplot could not draw the figure: %s", last ? last : "no reason given");
}
