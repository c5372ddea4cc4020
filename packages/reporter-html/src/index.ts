/** loadbench's HTML report. */
export { htmlReporter, htmlReporter as default } from './html-reporter.ts'
