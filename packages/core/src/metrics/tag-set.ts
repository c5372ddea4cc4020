import { matches, tagKey, type Tags } from '../model/tags.ts'

/** Tag sets a worker tells apart by default. Each is a series of every metric recorded under it. */
const DEFAULT_MAX_TAG_SETS = 1_000
/** Room beside the bound for the coarse sets into which the others fold. */
const RESERVED_COARSE_SETS = 100
/** Folded sets remembered, so that each is counted once. Beyond this the count stays as it is. */
const MAX_FOLDED_REMEMBERED = 10_000

/** Next steps of a path through tags: by name, then by value. */
class Step {
  set: TagSet | undefined
  readonly #next = new Map<string, Map<string, Step>>()

  get(name: string, value: string): Step | undefined {
    return this.#next.get(name)?.get(value)
  }

  /** The step at `name`, `value`, made if there is none. */
  reach(name: string, value: string): Step {
    let byValue = this.#next.get(name)
    if (byValue === undefined) this.#next.set(name, (byValue = new Map()))
    let step = byValue.get(value)
    if (step === undefined) byValue.set(value, (step = new Step()))
    return step
  }
}

/** An interned set of tags: equal tags are the same object, so series are found without text. */
export class TagSet {
  readonly tags: Tags
  readonly #sets: TagSets
  readonly #paths = new Step()

  /** For `TagSets` only, which keeps equal sets one. */
  constructor(sets: TagSets, tags: Tags) {
    this.#sets = sets
    this.tags = tags
  }

  /** This set with one more tag, or another value of one. */
  with(name: string, value: string): TagSet {
    return this.#paths.get(name, value)?.set ?? this.withAll({ [name]: value })
  }

  /** This set with all of `tags`, which win over its own. Builds nothing for tags seen before. */
  withAll(tags: Tags): TagSet {
    let step: Step | undefined = this.#paths
    for (const name in tags) {
      step = step.get(name, tags[name] as string)
      if (step === undefined) return this.#extend(tags)
    }
    return step === this.#paths ? this : (step.set ?? this.#extend(tags))
  }

  /** A set over the bound leaves no path behind: what is remembered stays bounded too. */
  #extend(tags: Tags): TagSet {
    const whole = { ...this.tags, ...tags }
    const set = this.#sets.intern(whole)
    if (set === undefined) return this.#sets.fold(whole)
    let step = this.#paths
    for (const name in tags) step = step.reach(name, tags[name] as string)
    step.set = set
    return set
  }
}

/**
 * The tag sets of one worker, bounded: a script that tags with request ids must not grow without
 * end. Over the bound a new set becomes the one with its `scenario` alone (and the tags that set
 * series apart, such as `outcome`), so that totals and scenarios stay exact and only the finer
 * split is lost.
 */
export class TagSets {
  /** The set without tags. */
  readonly root: TagSet
  readonly #max: number
  readonly #known = new Map<string, TagSet>()
  readonly #foldedKeys = new Set<string>()
  readonly #byIdentity = new WeakMap<Tags, TagSet>()
  #folded = 0

  constructor(maxTagSets = DEFAULT_MAX_TAG_SETS) {
    this.#max = maxTagSets
    this.root = new TagSet(this, {})
    this.#known.set('', this.root)
  }

  /** The set of `tags`, or the one they fold into. Frozen tags are looked through once. */
  of(tags: Tags): TagSet {
    let set = this.#byIdentity.get(tags)
    if (set === undefined) {
      set = this.root.withAll(tags)
      if (Object.isFrozen(tags)) this.#byIdentity.set(tags, set)
    }
    return set
  }

  /** How many different sets were folded since the last call. */
  takeFolded(): number {
    const folded = this.#folded
    this.#folded = 0
    return folded
  }

  /** The one set with `tags`, or `undefined` if it is new and there are too many. */
  intern(tags: Tags): TagSet | undefined {
    const key = tagKey(tags)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    if (
      this.#known.size >
      this.#max + (Object.keys(tags).every((name) => isCoarse(name, tags)) ? RESERVED_COARSE_SETS : 0)
    )
      return undefined
    const set = new TagSet(this, tags)
    this.#known.set(key, set)
    return set
  }

  /** The set that stands for `tags`, which found no room. */
  fold(tags: Tags): TagSet {
    const key = tagKey(tags)
    if (!this.#foldedKeys.has(key) && this.#foldedKeys.size < MAX_FOLDED_REMEMBERED) {
      this.#foldedKeys.add(key)
      this.#folded++
    }
    const coarse = Object.fromEntries(Object.entries(tags).filter(([name]) => isCoarse(name, tags)))
    return this.intern(coarse) ?? this.root
  }
}

/** Tags that are never folded away: the scenario, and those that keep values out of the plain metric. */
function isCoarse(name: string, tags: Tags): boolean {
  return name === 'scenario' || !matches({ [name]: tags[name] as string }, {})
}
