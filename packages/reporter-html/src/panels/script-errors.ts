import { count, spoken } from '../format.ts'
import { definePanel } from '../panel.ts'
import { choicesOf, membership } from '../part.ts'

/** What the script itself threw: each message with the place of one of them. */
export const scriptErrors = definePanel({
  name: 'script-errors',
  template: `
<section class="panel" id="script-errors" aria-labelledby="script-errors-title">
  <h2 id="script-errors-title">Errors of the script</h2>
  <div class="scroll" tabindex="0" role="group" aria-labelledby="script-errors-title"><table>
    <thead><tr><th scope="col">Where</th><th scope="col">Thrown</th><th scope="col" class="number">times</th></tr></thead>
    <tbody>{{#each rows}}<tr data-in="{{members}}">
      <th scope="row">{{where}}</th>
      <td class="text"><pre class="stack">{{stack}}</pre></td>
      <td class="number">{{times}}</td>
    </tr>{{/each}}</tbody>
  </table></div>
  {{> none}}
</section>`,
  style: `
.stack{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:var(--type-small)}`,
  view(input) {
    const { scriptErrors: all = [] } = input.summary
    const choices = choicesOf(input)
    const rows = all.flatMap(({ kind, scenario, messages, others }) => {
      const where = kind === 'iteration' ? `iterations of ${scenario}` : 'unhandled rejections'
      const members = membership(kind === 'iteration' ? { scenario } : {}, choices)
      const row = (stack: string, times: number) => ({ where, members, stack, times: spoken(count(times)) })
      return [
        ...messages.map((one) => row(titled(one), one.count)),
        ...(others > 0 ? [row('other messages', others)] : []),
      ]
    })
    return rows.length === 0 ? undefined : { rows }
  },
})

/** The stack under the message it stands for: numbers and ids that differ are `#` there. */
function titled({ message, stack }: { readonly message: string; readonly stack: string }): string {
  const [, ...places] = stack.split('\n    at ')
  return [message, ...places].join('\n    at ')
}
