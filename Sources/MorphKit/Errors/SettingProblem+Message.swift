extension SettingProblem {
  /// One or two sentences, without the place at which it was stated.
  var message: String {
    switch self {
    case .value(let text, let allowed):
      return "'\(text)' is not possible; use \(allowed)."
    case .unknownKey(let key, let nearest):
      return "'\(key)' is not a setting" + (nearest.map { "; did you mean '\($0)'?" } ?? ".")
    case .retiredKey(let key):
      return RetiredSetting.sentence(ofKey: key) ?? "'\(key)' is gone."
    case .repeatedKey(let key):
      return "'\(key)' stands here twice. Keep one of them."
    case .noValue(let key):
      return "'\(key)' has no value. Add one, or leave the line out; a value that starts with # needs quotes."
    case .missingKey(let key):
      return "'\(key)' is missing. Add it."
    case .needsOneOf(let keys):
      return "state exactly one of \(list(keys, last: "or"))."
    case .wrongKind(let key, let expected):
      return "'\(key)' must be \(expected)."
    case .exclusive(let one, let other) where !one.hasPrefix("--"):
      return "'\(one)' can't be used together with '\(other)'. Leave out one of them."
    case .exclusive(let one, let other):
      return "can't be used together with \(other). Leave out \(one) or \(other)."
    case .notForThisOutput(let setting, let output):
      return "\(setting) does nothing for \(output). Leave it out, or name another output."
    case .notForThisCommand(let output, let command, let allowed):
      return "'\(command)' can't make \(output). Use \(list(allowed, last: "or"))."
    case .notASeed(let piece):
      return piece.isEmpty
        ? "a seed is missing. Write seeds as 1,2,5-10."
        : "'\(piece)' is not a seed. Write seeds as 1,2,5-10, each from 0 to 4294967295."
    case .notOneSeed(let piece):
      return "'\(piece)' is not a seed. A keyframe takes one, from 0 to 4294967295, as in seed:42."
    case .backwardSeeds(let piece, let turned):
      return "'\(piece)' runs backward. Write \(turned), or list the seeds with commas."
    case .tooFewKeyframes(let count):
      return (count == 0 ? "no keyframe is named" : "only one keyframe is named")
        + "; a morph needs at least two. Name another photo, or a random face like seed:42."
    case .wrongCount(let what, let count, let expected):
      guard expected > 1 else { return "\(count) values for 1 \(what.dropLast()). Give one." }
      let one = what == "keyframes" ? "the first and the last" : "all of them"
      return "\(count) values for \(expected) \(what). Give one for \(one), or one each."
    case .transitionTooShort(let seconds, let rate):
      return "a transition of \(decimal(seconds)) s is shorter than a frame; at \(rate) frames a second "
        + "the shortest is \(decimal(roundedUp(1 / rate.framesPerSecond))) s."
    case .durationTooShort(let seconds, let shortest):
      return "\(decimal(seconds)) s leave a transition without a frame; the shortest is "
        + "\(decimal(roundedUp(shortest))) s here."
    case .shorterThanFrame(let text, let rate):
      return "'\(text)' is shorter than a frame; use 0, or "
        + "\(decimal(roundedUp(1 / rate.framesPerSecond))) s or more."
    case .loopHasNoEnds(let text):
      return
        "'\(text)' is meant for the first and the last keyframe, and a loop has neither. Give a value for each "
        + "keyframe."
    case .loopRepeatsFirst:
      return "goes back to the first keyframe by itself. Leave it out at the end."
    case .notAPosition(let text):
      return
        "'\(text)' is not possible; use numbers from -10 to 10 with at most six decimals, as in 0,0.5,1, "
        + "or ranges as in 0:1:0.1."
    case .rangeWithoutEnd(let text):
      return "'\(text)' does not come to its end; write START:END:STEP, as in 0:1:0.1."
    case .stepMissesEnd(let text, let fitting):
      return
        "'\(text)' leaves out its end, since the step does not divide the range; a step of \(fitting) does."
    case .repeatedPosition(let text):
      return "'\(text)' stands there twice. Keep one of them."
    case .tooManyStills:
      return "that is more than 100,000 stills. Ask for fewer."
    case .tooManyFrames:
      return "that is more than 100 million frames. Ask for fewer."
    case .unknownEnding(let name, let allowed):
      return "'\(name)' has an ending that can't be written; use \(list(allowed, last: "or"))."
    case .syntax(let reason):
      return "is not valid YAML: \(reason)."
    case .alias(let sign):
      return "'\(sign)' at the start of a value makes an anchor or alias, which are not read. "
        + "Put quotes around the value."
    case .emptyFile:
      return "states nothing. See Pipelines/ for examples."
    case .fileTooLarge:
      return "is over 1 MB. Split it."
    case .missingFile:
      return "no such file. Check the name."
    case .unreadable(let reason):
      return "can't be read: \(reason)."
    case .emptyShardNumber(let text):
      return "'\(text)' has nothing before the /. Is the variable with the shard's number empty, such as "
        + "SLURM_ARRAY_TASK_ID outside an array?"
    case .emptyShardCount(let text):
      return "'\(text)' has nothing behind the /. Is the variable with the number of shards empty?"
    case .noShards(let text):
      return "'\(text)' cuts the work into no parts. State how many there are, as in 1/40."
    case .shardZero(let text, let count):
      return "'\(text)' is not possible, since shards count from 1; use 1/\(count) to \(count)/\(count). "
        + "An array that starts at 0 needs 1 added to its index."
    case .shardBeyond(let number, let count):
      return "there is no shard \(number) of \(count); use 1/\(count) to \(count)/\(count)."
    case .modelNotInstalled(let name, let installed):
      return "no model of this name is installed, and no folder '\(name)' is here. "
        + (installed.isEmpty
          ? "Give the path of a model folder."
          : "Installed: \(installed.joined(separator: ", ")).")
    case .bracesNeedQuotes(let text):
      return "\(text) starts with a brace, which means something else in YAML. Put quotes around the value."
    case .openBrace(let text):
      return "'\(text)' has a brace that is never closed. Close it, or write {{ for a brace itself."
    case .unknownVariable(let name, let known):
      return "'{\(name)}' is no variable here. Use \(list(known.map { "{\($0)}" }, last: "or")), "
        + "or write {{ for a brace itself."
    case .notANumber(let name, let value):
      return "'{\(name)}' is '\(value)' here, no number, so zeros can't be put before it. Write {\(name)}."
    case .nameOfPair:
      return "'{name}' is no name of a pair, since a photo is in several. Use {from} and {to}, or {index:06}."
    case .outputEscapes(let path):
      return
        "'\(path)' is not possible: a value in the output's name may hold no '..', begin no path at the root "
        + "and have no number like %06d or ####. Write those into the job file itself."
    case .sharedOutput(let output, let owner):
      return "its output '\(output)' is that of \(owner) too. Name another one."
    case .noFileFits(let pattern):
      return "no file fits '\(pattern)'. Check the folder and the ending."
    case .noPhotoInFolder(let folder):
      return "the folder '\(folder)' holds no photo. Check its name, and the endings of what is in it."
    case .noPhotoName:
      return "is no photo. Name a file like ada.jpg."
    case .noLatentsName:
      return "is no file of latents; those end in .npy, .npz or .safetensors."
    case .missingChoice(let key, let allowed):
      return "'\(key)' is missing. Add it: \(list(allowed, last: "or"))."
    case .tooManyFiles:
      return "more than a million names would have to be looked at. Name the folder more exactly."
    case .tooFewForPairs(let count):
      return "only \(count == 1 ? "one file fits" : "\(count) files fit"), and a pair needs two. Name more."
    case .tooManyJobs:
      return "states more than 100,000 jobs. Split it."
    case .expandsTooFar:
      return "makes jobs of more than 256 MB in all. Split it, or let each job hold less."
    case .manyJobs(let count):
      return "states \(count) jobs, where one is expected."
    case .table(let problem):
      return problem.message
    case .expression(let column, let problem):
      return "column \(column): \(problem.message)"
    case .withoutQuotes(let text):
      return
        "'\(text)' stands alone. A sum needs quotes around it, as in \"ada.jpg + 1.5 * smile.npy\"; without them "
        + "the shell puts the names of all files in the place of *."
    case .severalKeyframes(let text):
      return "'\(text)' is several faces, and one is needed here, as in family.jpg#1 or faces.npy:0."
    case .tooManyKeyframes:
      return "that is more than 100,000 keyframes. Name fewer; 'facewalk decode' shows a file of any length."
    case .facesNotCounted(let text):
      return "'\(text)' can't be counted here, since no photo is read. Number the faces, as in family.jpg#1."
    case .noFaceLookedFor(let text):
      return "'\(text)' can't be read, since no face is looked for. Name the photo alone."
    case .needsOther(let other):
      return "does nothing without \(other). Add that, or leave this out."
    case .notForThisInput(let input):
      return "does nothing for \(input)."
    case .statesNoMorph:
      return
        "states no morph with frames in time, so there is nothing to evaluate. Name photos, or another file."
    case .sheet(let problem):
      return problem.message
    case .tileTooSmall(let tile, let least, let columns):
      return columns == 1
        ? "'--tile \(tile)' is not possible: a picture takes more pixels here; use \(least) or more."
        : "'--tile \(tile)' is not possible: a row of \(columns) pictures takes more pixels here; use \(least) or "
          + "more, or fewer --columns."
    case .labelCount(let count, let expected):
      return "has \(count == 1 ? "1 line" : "\(count) lines"), and the grid "
        + "\(expected == 1 ? "1 picture" : "\(expected) pictures"). Write one line for each picture."
    case .labelFile(let reason):
      return "can't be read as labels: \(reason)."
    }
  }
}

/// A number of seconds with four decimals that is no smaller, so that a length that is named is long enough.
private func roundedUp(_ seconds: Double) -> Double { (10_000 * seconds - 1e-9).rounded(.up) / 10_000 }
