#pragma once
#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/cpu.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

// Function-like macros, which Swift does not import.
static const int AVERROR_TRY_AGAIN = AVERROR(EAGAIN);
static const int AVERROR_END_OF_FILE = AVERROR_EOF;
static const int AVERROR_NO_MEMORY = AVERROR(ENOMEM);
