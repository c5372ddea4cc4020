import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Heap } from './heap.ts'

it('a heap gives back what was put in, the smallest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (dues) => {
      const heap = new Heap()
      for (const due of dues) heap.push({ due })
      const popped = dues.map(() => heap.pop()?.due)
      expect(popped).toEqual(dues.toSorted((a, b) => a - b))
      expect(heap.pop()).toBeUndefined()
    }),
  )
})

it('a heap keeps its order while entries come and go', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer())), (steps) => {
      const heap = new Heap()
      const model: number[] = []
      for (const due of steps) {
        if (due === null) expect(heap.pop()?.due).toBe(model.shift())
        else {
          heap.push({ due })
          model.push(due)
          model.sort((a, b) => a - b)
        }
        expect(heap.first?.due).toBe(model[0])
      }
    }),
  )
})
