/** The audit log (`/audit`). */
import '../../shell/start';
import '../../styles/audit.css';
import './audit-page';
